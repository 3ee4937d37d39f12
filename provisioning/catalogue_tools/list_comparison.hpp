// Two lists whose entries have names, compared by these. Internal to the catalogue tools.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace provisioning::catalogue_tools {

template <class T, class Key>
std::map<std::string, const T*> by_key(const std::vector<T>& list, const Key& key_of) {
    std::map<std::string, const T*> out;
    for (const T& each : list) out.emplace(key_of(each), &each);
    return out;
}

// added(T), removed(T), changed(before, after) as they stand in the new list, what is gone at the
// end. True when those that both have stand in another order.
template <class T, class Key, class Added, class Removed, class Changed>
bool compare_lists(const std::vector<T>& before, const std::vector<T>& after, const Key& key_of,
                   const Added& added, const Removed& removed, const Changed& changed) {
    const auto old = by_key(before, key_of), now = by_key(after, key_of);
    std::vector<std::string> kept_before, kept_after;
    for (const T& each : after) {
        const auto there = old.find(key_of(each));
        if (there == old.end()) {
            added(each);
            continue;
        }
        kept_after.push_back(there->first);
        if (!(*there->second == each)) changed(*there->second, each);
    }
    for (const T& each : before) {
        const auto there = now.find(key_of(each));
        if (there == now.end())
            removed(each);
        else
            kept_before.push_back(there->first);
    }
    return kept_before != kept_after;
}

}  // namespace provisioning::catalogue_tools
