#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "domain/device_health.hpp"
#include "domain/identifiers.hpp"
#include "flows/choose_service/choose_service_states.hpp"
#include "flows/fill_form/fill_form_states.hpp"
#include "flows/hand_in/hand_in_states.hpp"
#include "flows/review_and_sign/review_and_sign_states.hpp"

#include <optional>
#include <variant>

namespace flows {

// 一次性告知 on paper: what is needed, printed beside the page it was asked on. 返回 leads there,
// and whatever was answered is still there.
struct TakingAlong {
    using AskedOn = std::variant<ReadingGuide, NotEligible, CheckingMaterials>;
    AskedOn from;
    domain::Ticket ticket;
    Paper paper = Paper::printing;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    int page = 0, pages = 1;
    std::optional<base::Fault> fault{};  // none beside a problem: nobody knows what came out
    base::Instant since{};               // when the paper last moved
};

}  // namespace flows
