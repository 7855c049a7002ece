// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "contender.hpp"

#include <map>
#include <utility>

namespace bench {
namespace {

std::map<int, maker>& makers()
{
    static std::map<int, maker> list;
    return list;
}

} // namespace

enlist::enlist(int place, maker make) { makers().emplace(place, make); }

std::vector<std::unique_ptr<contender>> contenders()
{
    std::vector<std::unique_ptr<contender>> all;
    for (auto const& [place, make] : makers())
        if (auto made = make())
            all.push_back(std::move(made));
    return all;
}

} // namespace bench
