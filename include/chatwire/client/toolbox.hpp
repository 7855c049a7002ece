// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_TOOLBOX_HPP
#define CHATWIRE_CLIENT_TOOLBOX_HPP

#include <chatwire/chat/message.hpp>
#include <chatwire/chat/tool.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/schema.hpp>
#include <chatwire/json/writer.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace chatwire {
namespace detail {

template <class R>
struct is_result : std::false_type {
};
template <class T>
struct is_result<result<T>> : std::true_type {
};

// What a tool gives, as text for a model.
template <class R>
result<std::string> tool_text(R&& given)
{
    using type = std::remove_cvref_t<R>;
    if constexpr (is_result<type>::value) {
        if (!given)
            return std::forward<R>(given).error();
        if constexpr (std::is_void_v<typename type::value_type>)
            return std::string("done");
        else
            return tool_text(*std::forward<R>(given));
    } else if constexpr (std::same_as<type, std::string>) {
        return std::string(std::forward<R>(given));
    } else if constexpr (std::convertible_to<R, std::string_view>) {
        return std::string(std::string_view(given));
    } else if constexpr (std::integral<type> && !std::same_as<type, bool>) {
        return json::to_text(static_cast<std::int64_t>(given));
    } else {
        return json::to_text(given);
    }
}

template <class F, class... A>
result<std::string> call_tool(F& f, A const&... arguments)
{
    if constexpr (std::is_void_v<std::invoke_result_t<F&, A const&...>>) {
        std::invoke(f, arguments...);
        return std::string("done");
    } else {
        return tool_text(std::invoke(f, arguments...));
    }
}

template <class A>
struct tool_parameter {
    using type = std::remove_cvref_t<A>;
};

// What a function takes. None for what is overloaded, or a template.
template <class F>
struct parameter_of : parameter_of<decltype(&F::operator())> {
};
template <class R, class A>
struct parameter_of<R (*)(A)> : tool_parameter<A> {
};
template <class R, class A>
struct parameter_of<R (*)(A) noexcept> : tool_parameter<A> {
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A)> : tool_parameter<A> {
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A) noexcept> : tool_parameter<A> {
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A) const> : tool_parameter<A> {
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A) const noexcept> : tool_parameter<A> {
};

} // namespace detail

/// Functions that a model may call.
///
/// A function takes an aggregate with a field table (from which its schema comes, and its reading), or nothing. It
/// gives what the model is told: text, or a value that is written as JSON, or a @ref result of either, or nothing.
///
/// Whatever goes wrong is told to the model, which may do better the next time: a tool that there is not, arguments
/// that cannot be read, a failure that a function gives or throws as a chatwire::exception. Of other exceptions it is
/// told only that there was one.
///
/// @par Example
/// @see examples/tools.cpp
///
/// @par Object lifetimes
/// A copy has the same functions, not copies of them. They live as long as one of the boxes, and those calls that a
/// client has begun.
///
/// @par Thread safety
/// None; calls of the const members may be made at once if the functions can.
class toolbox {
public:
    /// What carries a call out: what the model is told, or why it has failed.
    using function = std::function<result<std::string>(tool_call const&)>;

    /// Adds a tool that is described by hand, such as somebody else's. One of that name that there is gives way.
    CHATWIRE_DECL toolbox& add(tool about, function f);

    /// Adds a function that takes an `Args`.
    /// @param about all but `parameters`. With `strict = true` the service holds the model to the schema; then a type
    /// is needed that json::check_strict is content with, and what may be missing comes as null.
    template <json::described Args, std::invocable<Args const&> F>
    toolbox& add(function_definition about, F f)
    {
        bool const strict = about.strict.value_or(false);
        about.parameters = json::schema_of<Args>({.closed = true, .closed_words = true, .strict = strict});
        return add({.type = tool_type::function, .function = std::move(about)},
                   [f = std::move(f)](tool_call const& call) mutable -> result<std::string> {
                       auto const arguments = json::read<Args>(call.function.arguments_or_empty());
                       if (!arguments)
                           return "Bad arguments: " + arguments.error().message;
                       return detail::call_tool(f, *arguments);
                   });
    }

    /// Adds a function; what it takes is seen from it.
    template <class F>
    toolbox& add(function_definition about, F f)
    {
        if constexpr (std::invocable<F&>)
            return add({.type = tool_type::function, .function = std::move(about)},
                       [f = std::move(f)](tool_call const&) mutable { return detail::call_tool(f); });
        else
            return add<typename detail::parameter_of<F>::type>(std::move(about), std::move(f));
    }

    /// The same with a name, and words that tell a model what the function is good for.
    /// `tools.add("get_weather", "The weather in a city, now", get_weather)`
    template <class F>
    toolbox& add(std::string name, std::string description, F f)
    {
        return add(function_definition{.name = std::move(name), .description = std::move(description)}, std::move(f));
    }

    /// The same, where it cannot be seen from a function what it takes: it is overloaded, or a template.
    template <json::described Args, std::invocable<Args const&> F>
    toolbox& add(std::string name, std::string description, F f)
    {
        return add<Args>(function_definition{.name = std::move(name), .description = std::move(description)},
                         std::move(f));
    }

    /// For the `tools` of a request.
    CHATWIRE_DECL std::vector<tool> definitions() const;

    /// Carries a call out, on this thread. Gives the `tool` message that answers it.
    CHATWIRE_DECL message answer(tool_call const& call) const;

    bool empty() const noexcept { return entries_.empty(); }

private:
    struct entry {
        tool about;
        function run;
    };
    CHATWIRE_DECL std::string carry_out(tool_call const& call) const;

    std::vector<std::shared_ptr<entry const>> entries_; // in the order in which they came
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/toolbox.ipp>
#endif
#endif
