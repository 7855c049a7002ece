// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_ELIZA_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_ELIZA_IPP

#include <chatwire/impl/server/offline/pattern.ipp>
#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/server/offline/eliza.hpp>
#include <chatwire/server/offline/pattern.hpp>

#include <optional>
#include <utility>

namespace chatwire::offline {
namespace detail {

inline constexpr auto always = eliza_rule::applies::always;
inline constexpr auto asked = eliza_rule::applies::to_questions;
inline constexpr auto told = eliza_rule::applies::to_statements;

// What is the model's business to be honest about comes first, then the person, then anything.
inline constexpr eliza_rule script[] = {
    {30,
     asked,
     "* weather|forecast|temperature|rain *",
     {"I have neither a window nor a network, so I cannot see the weather. Give me a weather tool, and I will call it.",
      "The weather is out of my sight. With a tool for it I could ask."}},
    {30, asked, "* what time|date|day|year *", {"I have no clock, so I cannot tell the time or the date."}},
    {30, asked, "* what is the time|date|day|year *", {"I have no clock, so I cannot tell the time or the date."}},
    {30, asked, "* news|stock|stocks *", {"No news reaches me here: I work without a network."}},
    {30, asked, "* translate *", {"Translating is beyond me: I only know a little English."}},
    {28,
     asked,
     "* search|browse|google *",
     {"I have no network to look that up in. A tool could, if you give me one."}},
    {26,
     asked,
     "write|create|generate|draft|compose|code|implement|design me|us +",
     {"I am too small a program to come up with (3). I can keep facts, count, add, and call tools."}},
    {25,
     asked,
     "* write|create|generate|draft|compose|code|implement|design +",
     {"I am too small a program to come up with (3). I can keep facts, count, add, and call tools."}},
    {25,
     asked,
     "* explain|describe|summarize|summarise +",
     {"I know too little of (3) to explain it. Tell me the facts, and I can repeat them when you ask."}},
    {25, asked, "* recommend|suggest *", {"I have no taste of my own. What are you choosing between?"}},

    {24,
     told,
     "* i am|feel|felt * sad|unhappy|lonely|depressed|miserable|down|hopeless *",
     {"That sounds hard. What would make today a little lighter?",
      "I am glad you say so. Who else knows that you are (4)?"}},
    {24,
     told,
     "* i am|feel|felt * tired|exhausted|sleepy|ill|sick *",
     {"Then be kind to yourself. How long has it been like that?", "What would give you some rest?"}},
    {24,
     told,
     "* i am|feel|felt * angry|annoyed|furious|upset|frustrated *",
     {"What set it off?", "What would have to change so that you are less (4)?"}},
    {24,
     told,
     "* i am|feel|felt * afraid|scared|worried|anxious|nervous *",
     {"What is the worst that could come of it, and how likely is that?", "What has helped before when you were (4)?"}},
    {24,
     told,
     "* i am|feel|felt * happy|glad|excited|great|proud *",
     {"Good to hear! What is behind it?", "Lovely. Hold on to that. What are you going to do with it?"}},
    {22, told, "* i feel +", {"What brought on feeling (2)?", "Is feeling (2) new, or an old acquaintance?"}},

    {20,
     told,
     "* my mother|father|mom|mum|dad|parents|brother|sister|son|daughter|wife|husband|family|partner *",
     {"What is your (2) like?", "How do the two of you get on, you and your (2)?",
      "What would your (2) say about this?"}},
    {20,
     told,
     "* my cat|dog|pet|horse|rabbit|bird|fish *",
     {"What is your (2) up to these days?", "How did your (2) come to you?"}},
    {20,
     told,
     "* my job|work|boss|office|colleague|colleagues|company *",
     {"What is the best hour of a day at work, and what is the worst?",
      "If you could change one thing about your (2), what would it be?"}},
    {18,
     told,
     "* problem|issue|bug|error|crash|crashes|broken|fails|wrong *",
     {"What did you expect, and what happened instead?", "When did it last work, and what has changed since?",
      "Which is the smallest case that still goes wrong?"}},
    {18, told, "* i can not *", {"What have you tried so far?", "Which part of it is the hard one?"}},
    {18,
     told,
     "* i do not understand *",
     {"Which word is the first that does not make sense?", "Let us take it in smaller steps. Where does it start?"}},
    {18, told, "* i do not know *", {"What would you need to find out first?", "Make a guess: what could it be?"}},
    {16,
     told,
     "* i want|wish|need|hope *",
     {"What is the first step towards that?", "What stands between you and that?", "Who could help you with it?"}},
    {16, told, "* i would like *", {"What is the first step towards that?", "What keeps you from it?"}},
    {16,
     told,
     "* i think|believe|guess|suppose *",
     {"What speaks for it, and what against?", "How would you notice if it were otherwise?"}},
    {16, told, "* i remember +", {"What makes (2) come up now?", "Which detail of it is the clearest?"}},
    {16,
     told,
     "* i dreamed|dreamt|dream *",
     {"Which picture of that dream stayed?", "Dreams are beyond me, but I like to hear them. How did it end?"}},
    {15,
     told,
     "* i like|love|enjoy|prefer +",
     {"What do you like best about (3)?", "How did you come to (2) (3)?", "How often do you get round to (3)?"}},
    {15,
     told,
     "* i hate|dislike +",
     {"What is it about (3) that puts you off?", "Was there ever a time when (3) did not bother you?"}},
    {15, told, "* i have +", {"Since when do you have (2)?", "And what do you do with (2)?"}},
    {14,
     told,
     "* because *",
     {"And if that were not so, what would be different?", "That is a reason. Are there others?"}},
    {14, told, "* if *", {"How likely is that?", "And if not?"}},
    {12,
     told,
     "* always|never|everybody|everyone|nobody *",
     {"Is there an exception, even a small one?", "When was it otherwise?"}},
    {12, told, "* sorry *", {"No harm done. Let us go on.", "Nothing happened. Where were we?"}},
    {12, told, "* same|similar|alike *", {"Where does the likeness end?", "What else is of that kind?"}},
    {10, told, "you are|were +", {"So that is how I come across: (2).", "Am I? I know little about myself."}},
    {9,
     told,
     "* you *",
     {"We were speaking of you, not of me. What is on your mind?", "I am only a small program. How about you?"}},

    {22,
     asked,
     "* help *",
     {"I will try. What exactly is it about?", "What have you got so far, and what is missing?"}},
    {21, asked, "do you like|love|hate|prefer|enjoy +", {"I have no taste of my own. What do you think of (2)?"}},
    {21, asked, "do you think|believe|feel *", {"I hold no opinions. What is yours?"}},
    {21,
     asked,
     "do|does|did|have|has|is|are|was|were|will|would|should|may|am +",
     {"I cannot tell from what I know. What do you think?", "That I do not know. Tell me what speaks for it."}},
    {20,
     asked,
     "can|could|would|will you *",
     {"That is more than I can do. I keep facts that I am told, answer from them, count, add, and call tools.",
      "I am afraid not: I am a small program without a network."}},
    {20,
     asked,
     "should i *",
     {"What would you tell a friend who asked you that?",
      "Write down what each way costs you. Which list is shorter?"}},
    {20,
     asked,
     "can|could|may i *",
     {"I see nothing against it. What makes you ask?", "That depends on who decides. Is it you?"}},
    {19,
     asked,
     "* how do|can|should|could|to *",
     {"I do not know how. At which step are you stuck?",
      "That I cannot teach you. What is the first thing you would try?"}},
    {19, asked, "how many|much|long|far|old|big *", {"I have no figure for that. Tell me, and I will keep it."}},
    {19,
     asked,
     "why *",
     {"I do not know the reason. What would be your best guess?",
      "Reasons are hard for me. What happened just before?"}},
    {18,
     asked,
     "what|who is|are|was|were +",
     {"I do not know (3): I am a small offline model and only know what I am told. Tell me, and I will remember it.",
      "Nobody has told me about (3) yet. If you do, I can answer next time."}},
    {18, asked, "where is|are|was|were +", {"I do not know where (2) (1). Tell me, and I will remember it."}},
    {17,
     asked,
     "what|who|which|where|when|whose|how *",
     {"I do not know that: I am a small offline model and only know what I am told.",
      "That has not come up yet. Tell me, and I can answer next time."}},
    {16,
     asked,
     "* tell me * joke *",
     {"A byte walks into a bar and looks pale. \"Parity error?\" asks the barkeeper. \"Yes, I feel a bit off.\"",
      "Why was the packet late? It took every hop to say hello."}},
    {10,
     asked,
     "tell|show|give|list|name|find|get|check|look|guess|solve *",
     {"I have nothing of that kind. Tell me more, and I can keep it for you."}},

    {8,
     told,
     "i am +",
     {"What goes with being (1)?", "Since when have you been (1)?", "How do others take it that you are (1)?"}},
    {8, told, "i *", {"What came before that?", "And then?", "What did that change for you?"}},
    {8, told, "my +", {"What else belongs to your (1)?", "How does your (1) fit in with the rest?"}},
    {7, told, "we|they|he|she|it *", {"How do you see your own part in it?", "What follows from that for you?"}},
    {6,
     told,
     "yes|yeah|yep|sure|exactly|right|correct *",
     {"Good. And what comes next?", "So we agree. Where does that lead?"}},
    {6, told, "no|nope|nah *", {"All right. What is it then?", "Not so, then. What would be closer?"}},
    {6, told, "maybe|perhaps|possibly *", {"What would make it certain?", "Which way do you lean?"}},
    {6, told, "test|testing|ping *", {"Your test has arrived. This is the answer.", "I am here, and I read you well."}},
    {6,
     told,
     "ok|okay|fine|good|great|nice|cool|thanks *",
     {"Good. What shall we do next?", "Fine. Is there anything else?"}},
    {1,
     asked,
     "*",
     {"I do not know that: I am a small offline model and only know what I am told.",
      "That is beyond me. Is there something I can remember, count or look up in a tool for you?"}},
    {0,
     always,
     "*",
     {"Tell me a bit more, and I will try to keep up.", "What would you like to know about that?",
      "I have read that. What shall I do with it?", "How did you come to think of that?"}},
};

} // namespace detail

CHATWIRE_DECL std::span<eliza_rule const> eliza_script() noexcept { return detail::script; }

CHATWIRE_DECL std::string eliza::answer(std::vector<clause> const& said, std::size_t turn, std::string_view avoid) const
{
    struct finding {
        eliza_rule const* rule;
        clause said;
        std::vector<capture> captures;
    };
    std::optional<finding> best;
    for (auto const& raw : said) {
        auto const c = raw.essence();
        for (auto const& rule : rules_) {
            if (best && rule.rank <= best->rule->rank)
                continue;
            if (rule.when != detail::always && (rule.when == detail::asked) != c.question)
                continue;
            if (auto captures = match(rule.pattern, c))
                best = {&rule, c, std::move(*captures)};
        }
    }
    if (!best)
        return {};
    auto const n = best->rule->size();
    std::string out;
    for (std::size_t i = 0; i != n; ++i) {
        out = fill_in(best->rule->answers[(turn + i) % n], best->said, best->captures);
        if (out != avoid)
            break;
    }
    return out;
}

CHATWIRE_DECL std::string eliza::answer(std::string_view said, std::size_t turn) const
{
    std::vector<clause> all;
    for (auto s : split_sentences(said))
        for (auto& c : split_clauses(s))
            all.push_back(std::move(c));
    return answer(all, turn);
}

} // namespace chatwire::offline
#endif
