#pragma once

#include "domain/cabinet.hpp"
#include "domain/technician.hpp"
#include "flows/hand_in/hand_in_states.hpp"

#include <optional>
#include <set>

namespace flows {

// 暂停服务: the cabinet stands open, the battery is about to go out, or nobody is to be served
// here. Whoever was there is wiped; nothing begins until every reason is gone. Holds no personal
// data.
struct Suspended {
    std::set<domain::Door> open{};                // doors that were opened without permission
    bool power_out = false;                       // nothing but the last of the battery is left
    std::optional<CardLeft> card{};               // somebody's card still lies on the reader
    std::optional<domain::ServicePause> pause{};  // a technician said so; outlives a restart
    bool set_up = false;   // the terminal was not set up to the end; until it is started again
    bool revoked = false;  // the centre took the terminal out of service
    bool closed() const { return !open.empty() || power_out || pause || set_up || revoked; }
};

}  // namespace flows
