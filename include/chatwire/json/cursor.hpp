// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CURSOR_HPP
#define CHATWIRE_JSON_CURSOR_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/error.hpp>
#include <chatwire/json/field.hpp>
#include <chatwire/json/read_options.hpp>
#include <chatwire/json/tape.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::json {

/// Goes once through a JSON text and reads values into variables: what codecs are made of.
///
/// Every reading function returns false when it failed; nothing may be read after that, and @ref error says why.
///
/// @par Object lifetimes
/// The text and the diagnostics must outlive the cursor.
/// @par Thread safety
/// None.
/// @par Specification
/// RFC 8259
class cursor {
public:
    /// @param log gets the tolerated deviations; null: they are only tolerated
    CHATWIRE_DECL cursor(std::string_view text, diagnostics* log, read_options const& o);

    /// The next byte after white space, which is not taken; 0 at the end.
    char peek() noexcept
    {
        // mostly there is none
        return p_ != end_ && static_cast<unsigned char>(*p_) > ' ' ? *p_ : peek_behind_space();
    }

    /// Whether only white space is left.
    bool at_end() noexcept { return peek() == '\0' && p_ == end_; }

    CHATWIRE_DECL bool string(std::string& out);
    /// A string; the text of any other value, with the diagnostic `not_a_string`.
    CHATWIRE_DECL bool text_or_raw(std::string& out);
    /// A string without a copy. The view lives until the next string is read this way.
    CHATWIRE_DECL bool string_view(std::string_view& out);
    CHATWIRE_DECL bool integer(std::int64_t& out);
    CHATWIRE_DECL bool number(double& out);
    CHATWIRE_DECL bool boolean(bool& out);
    CHATWIRE_DECL bool null();
    /// Any value, checked.
    CHATWIRE_DECL bool skip();
    /// Any value, checked and kept.
    CHATWIRE_DECL bool raw(raw_json& out);
    /// An object as its table says. Members that are missing are reset; memory is reused.
    CHATWIRE_DECL bool object(object_info const& info, void* target);
    /// An object of any members.
    CHATWIRE_DECL bool members(raw_members& out);
    /// An object of any members, each read by a function that is given its name, which lives until a string is read.
    CHATWIRE_DECL bool members(bool (*read)(cursor&, std::string_view name, void* into), void* into);

    /// The beginning of an array: `if (!in.enter_array()) return false; while (in.element()) ...; return in.good();`
    CHATWIRE_DECL bool enter_array();
    /// Whether another element follows; false also when the text is malformed. Call once before each element.
    bool element()
    {
        if (!ok_)
            return false;
        char const c = peek();
        bool const first = first_;
        first_ = false;
        if (c == ']') {
            ++p_;
            --depth_;
            return false;
        }
        if (first)
            return true;
        if (c != ',')
            return malformed("expected ',' or ']'");
        ++p_;
        return true;
    }
    bool good() const noexcept { return ok_; }

    /// The beginning of an object: `if (!in.enter_object()) return false; while (in.member(name)) ...; return
    /// in.good();`
    CHATWIRE_DECL bool enter_object();
    /// Whether another member follows, whose name it is; false also when the text is malformed. The name lives until
    /// the next string is read. Call once before each value.
    CHATWIRE_DECL bool member(std::string_view& name);

    /// The string member of that name of the object that begins here, looked up without taking anything; empty if there
    /// is none or the text is malformed. The view lives as long as the cursor.
    CHATWIRE_DECL std::string_view look_ahead(std::string_view name);

    /// Takes out of a list of members, each with a `name`, those that a later one of the same name replaces.
    template <class List>
    bool drop_duplicates(List& list)
    {
        std::vector<std::string_view> names;
        names.reserve(list.size());
        for (auto const& m : list)
            names.push_back(m.name);
        std::vector<bool> drop;
        if (!find_duplicates(names, drop))
            return false;
        if (!drop.empty())
            list.erase_at([&](std::size_t i) { return drop[i]; });
        return true;
    }

    /// Whether nothing but white space is left; else errc::bad_json.
    bool finish() { return at_end() || malformed("expected the end of the document"); }

    /// Gives up what is left of the text.
    void take_rest() noexcept { p_ = end_; }

    /// Counts memory that is built on the text's behalf.
    bool charge(std::size_t bytes)
    {
        if (bytes <= memory_left_) {
            memory_left_ -= bytes;
            return true;
        }
        return out_of_memory();
    }

    /// Fails with errc::wrong_type, or errc::bad_json if no value begins here. `expected`: "a string".
    CHATWIRE_DECL bool wrong_type(std::string_view expected);
    /// Fails; the message is `PATH: text`.
    CHATWIRE_DECL bool fail(errc code, std::string_view text);
    /// Tells of a deviation that stands at `where`; false, and a failure, if strict or if it is one too many.
    CHATWIRE_DECL bool note(std::string_view code, char const* where, errc strict_code = errc::protocol_violation);
    /// On the way out of a failure: this happened inside that member, or inside that element. Returns false.
    CHATWIRE_DECL bool inside(std::string_view member);
    CHATWIRE_DECL bool inside(std::size_t element);

    bool answer() const noexcept { return options_.answer; }
    char const* position() const noexcept { return p_; }
    /// In bytes from the beginning of the text.
    std::size_t offset() const noexcept { return static_cast<std::size_t>(p_ - begin_); }
    /// What is left of the text.
    std::string_view rest() const noexcept { return {p_, static_cast<std::size_t>(end_ - p_)}; }

    /// Why reading failed.
    CHATWIRE_DECL failure error() const;

    /// If not null: required members of the outermost object that are missing are not told of, but set here, as bits in
    /// the order of the table. For callers that must first see whether the object is an error.
    std::uint64_t* missing = nullptr;

    /// If not null: gets where the strings, the integers and the members of unknown names stand, and the deviations.
    tape* record = nullptr;

    /// How many deviations were tolerated.
    std::size_t tolerated() const noexcept { return tolerated_; }

    /// Tells of the members that @ref missing holds.
    CHATWIRE_DECL bool note_missing(object_info const& info, std::uint64_t missing_bits);

private:
    CHATWIRE_DECL char peek_behind_space() noexcept;
    CHATWIRE_DECL bool malformed(std::string_view text);
    CHATWIRE_DECL bool tolerate(std::string_view code, std::size_t at, std::string_view excerpt);
    CHATWIRE_DECL bool out_of_memory();
    bool push()
    {
        if (depth_ >= options_.limits.max_depth)
            return too_deep();
        ++depth_;
        return true;
    }
    CHATWIRE_DECL bool too_deep();
    CHATWIRE_DECL bool next_field(object_info const& info, bool first, std::size_t& i, std::string_view& name,
                                  char const*& at);
    CHATWIRE_DECL std::size_t find(object_info const& info, std::string_view name, char const* at);
    CHATWIRE_DECL bool any_integer(std::int64_t& out);
    CHATWIRE_DECL bool literal(std::string_view word);
    CHATWIRE_DECL bool bad_utf8(std::string* out, std::string& sink, char const*& copied);
    CHATWIRE_DECL bool string_rest(std::string& out, char const* from);
    CHATWIRE_DECL bool escape(char*& to);
    CHATWIRE_DECL bool skip_string(std::string& sink, char const*& copied);
    CHATWIRE_DECL bool skip_scalar(std::string& sink, char const*& copied);
    CHATWIRE_DECL bool skip_value(std::string& sink, char const*& copied);
    CHATWIRE_DECL bool number_text(std::string_view& text, bool& integer, std::string_view expected);
    CHATWIRE_DECL bool not_finite(double& out, bool& matched);
    CHATWIRE_DECL bool known(field const& f, void* object, raw_members* unknown, char const* at);
    CHATWIRE_DECL bool known_or_extra(field const& f, void* object, raw_members& unknown, char const* at);
    CHATWIRE_DECL bool unknown_member(raw_members* out, std::string_view name, char const* at);
    CHATWIRE_DECL bool find_duplicates(std::vector<std::string_view> const& names, std::vector<bool>& drop);
    CHATWIRE_DECL bool finish_object(object_info const& info, void* target, std::uint64_t seen);
    template <class F>
    bool each_member(F take);
    CHATWIRE_DECL void place(tape::place::type what, char const* from, char const* to, void* target);

    char const* begin_;
    char const* p_;
    char const* end_;
    char const* member_ = nullptr; // where the name of the last member stands
    diagnostics* log_;
    read_options options_;
    std::size_t depth_ = 0;
    std::size_t memory_left_;
    std::size_t tolerated_ = 0;
    bool ok_ = true;
    bool first_ = false; // in an array or object, before its first element
    errc code_{};
    bool with_path_ = false;
    std::string message_;
    std::string path_;
    std::string scratch_;
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/cursor.ipp>
#endif
#endif
