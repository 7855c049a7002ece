// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_FACTS_HPP
#define CHATWIRE_SERVER_OFFLINE_FACTS_HPP

#include <chatwire/config.hpp>
#include <chatwire/server/offline/words.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::offline {

/// Something a conversation says about somebody or something.
struct fact {
    enum class about : unsigned char { user, model, world };

    about whom = about::user;
    std::string key{};      ///< what it is called, in lower case with blanks between the words: `favorite color`
    std::string value{};    ///< as it was said, the other way round where it spoke of "my" and "me"
    std::string sentence{}; ///< said to the user: `Your favorite color is blue.`
    bool setting = false;   ///< from a list or a JSON object that does not say whose it is

    friend bool operator==(fact const&, fact const&) = default;
};

/// What is known from the messages of a conversation. Later facts replace earlier ones of the same key, but for those
/// of which one can have many (likes, belongings).
class facts {
public:
    static constexpr std::size_t most = 500;      ///< facts that are kept; later ones are not read
    static constexpr std::size_t max_value = 200; ///< bytes of a value that are kept

    /// Reads what a `system` message states: `The user's X is Y.`, `X: Y`, `X = Y`, `You are N.`, `The X is Y.`, JSON
    /// objects.
    CHATWIRE_DECL void read_instruction(std::string_view text);

    /// Reads what a user states in a clause: `My X is Y`, `I live in X`, `Call me N`, `Remember that the X is Y`.
    /// @return what was learnt
    CHATWIRE_DECL std::vector<fact> read_statement(clause const& said);

    /// The fact a person means by `name` ("plan", "favourite colour", "dog's name"); null if there is none. A setting
    /// counts as the user's and as the world's. Lives until the next fact is read.
    CHATWIRE_DECL fact const* find(std::string_view name, fact::about whom) const;

    std::vector<fact> const& all() const noexcept { return all_; }

    /// What the user is called; empty: unknown.
    CHATWIRE_DECL std::string user_name() const;
    /// What the model is called; empty: unknown.
    CHATWIRE_DECL std::string model_name() const;

private:
    bool add(fact f);
    bool add_setting(std::string_view path, std::string_view value);
    bool read_pairs(std::string_view sentence);
    bool read_line(std::string_view sentence);
    void read_instruction_clause(clause const& said);

    std::vector<fact> all_;
};

/// What is said of `f` when somebody asks for it as his own (`Your plan is premium.`) or as the world's (`The plan is
/// premium.`).
CHATWIRE_DECL std::string say(fact const& f, fact::about asked_as);

/// A key as @ref fact keeps it: `customData.favouriteColour` becomes `custom data favorite color`.
CHATWIRE_DECL std::string canonical_key(std::string_view name);

/// The name somebody gives in a clause ("my name is X", "I'm X", "call me X"); empty if there is none.
CHATWIRE_DECL std::string given_name(clause const& said);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/facts.ipp>
#endif
#endif
