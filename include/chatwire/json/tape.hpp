// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_TAPE_HPP
#define CHATWIRE_JSON_TAPE_HPP

#include <cstddef>
#include <string_view>
#include <vector>

namespace chatwire::json {

/// Where in a text the values stood that were read into an object, and where it deviated: see @ref cursor::record.
///
/// @par Object lifetimes
/// The targets point into the object: they are good for as long as its members stay where they are.
struct tape {
    /// A value that may be read anew without a look at what stands around it.
    struct place {
        enum class type : unsigned char {
            string,  ///< the text between the quotes; into a `std::string`
            integer, ///< into a `std::int64_t`
            raw,     ///< any value; into a @ref raw_json
        };

        std::size_t begin; ///< in bytes from the beginning of the text
        std::size_t end;
        std::size_t depth; ///< of the objects and arrays around it
        type what;
        void* target;
    };

    /// A deviation that was tolerated.
    struct note {
        std::string_view code; ///< a literal
        std::size_t at;        ///< in bytes from the beginning of the text
    };

    std::vector<place> places{}; ///< in the order of the text
    std::vector<note> notes{};   ///< in the order in which they were told

    void clear() noexcept
    {
        places.clear();
        notes.clear();
    }
};

} // namespace chatwire::json
#endif
