#include "provisioning/set_up/enrolled_profile.hpp"

#include "offline/enrolment/facts.hpp"

namespace provisioning::set_up {

std::string enrolled_profile(const config::Config& config) {
    const auto facts = offline::enrolment::read_open_facts(config.terminal.key_set);
    // A file of another terminal came with a disk that was moved.
    if (!facts || facts->terminal != config.terminal.id) return {};
    return std::string(offline::papers::wire::name(facts->profile));
}

}  // namespace provisioning::set_up
