// The page of a walk, as its terminal would show it.
#pragma once

#include "../session/samples.hpp"
#include "app/present/present.hpp"

namespace app {

inline Page page_of(const session::samples::Walker& walker) {
    return present({walker.session,
                    &session::samples::pack(),
                    walker.terminal.settings,
                    walker.terminal.health,
                    {},
                    walker.terminal.now});
}
// The first block of that kind on the page; null when there is none.
template <class Wanted>
const Wanted* block(const Page& page) {
    for (const auto& each : page.screen.blocks)
        if (const auto* found = std::get_if<Wanted>(&each)) return found;
    return nullptr;
}

}  // namespace app
