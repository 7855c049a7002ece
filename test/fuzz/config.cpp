// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any text, the gateway's `load`
// - throws nothing, and gives the same twice;
// - gives a config, or a failure in which every fault is a line that begins with a path, or where the text stops being
//   JSON;
// - gives a config that, written and loaded again, is the same config.
#include "json_texts.hpp"

#include "../../examples/gateway/load.hpp"

#include <string>
#include <string_view>

namespace fuzz_config {

using namespace chatwire;
using namespace chatwire::fuzz;

// Files are read for real: those of the working directory may be, devices and pipes may not.
bool names_a_place(std::string_view input)
{
    bool found = false;
    if (auto const document = json::read<raw_members>(input, nullptr, json::read_options::for_answers()))
        for (auto const& m : *document)
            if (m.name == "providers" || m.name == "documents" || m.name == "sealing_key") {
                std::string_view const text = m.value.text();
                found = found || text.find("\"file\"") != text.npos || text.find("\"ca\"") != text.npos ||
                        text.find("\\u") != text.npos;
            }
    return found;
}

std::string to_text(result<gateway::loaded> const& r)
{
    if (!r)
        return fuzz::to_text(r.error());
    return json::to_text(r->settings);
}

void run(std::string_view input)
{
    if (names_a_place(input))
        return;
    auto const r = gateway::load(input);
    require_equal(to_text(r), to_text(gateway::load(input)), "loaded twice, it is the same");
    if (!r) {
        if (r.error().code == errc::bad_value)
            require_fault_lines(r.error().message);
        else
            require(is_json_error(r.error()), "a text that is no JSON is told so");
        return;
    }
    auto const again = gateway::load(json::to_text(r->settings));
    require_equal(to_text(again), to_text(r), "written and loaded, it is the same");
    require(r->parts.providers.size() == r->settings.providers.size() &&
                r->parts.documents.size() == r->settings.documents.size() &&
                r->parts.keys.size() == r->settings.api_keys.size(),
            "everything has its part");
}

registered const config_target("config", &run);

} // namespace fuzz_config
