#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/secret.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/device_health.hpp"
#include "domain/identifiers.hpp"
#include "domain/payment_order.hpp"
#include "domain/printing.hpp"
#include "flows/hand_in/hand_in_states.hpp"

#include <cstddef>
#include <optional>

// In all of them: `ways` = 怎样用其他方式缴 lies over the page, which goes on below it.
namespace flows {

struct AskingDue {
    base::Secret<domain::CitizenIdentity> person;
    domain::Ticket ticket;
    base::Instant since{};
};

struct ShowingDue {
    base::Secret<domain::CitizenIdentity> person;
    base::Secret<domain::PaymentOrders> orders;  // empty when there is a fault
    std::optional<base::Fault> fault;
    bool ways = false;
};

struct ReadingDue {
    base::Secret<domain::CitizenIdentity> person;
    base::Secret<domain::PaymentOrders> orders;
    std::size_t chosen = 0;
    bool ways = false;
};

struct AskingOrder {
    base::Secret<domain::CitizenIdentity> person;
    base::Secret<domain::PaymentOrders> due;  // the one that is to be paid
    domain::Ticket ticket;
    base::Instant since{};
};

struct ShowingPayCode {
    base::Secret<domain::CitizenIdentity> person;
    base::Secret<domain::PaymentOrders> order;  // one
    base::Instant until{};                      // then the code is taken away
    domain::Ticket ticket;                      // of the newest question
    bool asked = false;                         // its answer is not there yet
    base::Instant asked_at{};
    bool line_lost = false;  // the newest question came to nothing
    int times_over = 0;      // how often the centre said that the time is over
    bool ways = false;
};

// unknown: the centre could not be heard when the time was over. It is not 未支付.
enum class PayOutcome { paid, timed_out, failed, unknown };

struct PaymentKnown {
    base::Secret<domain::CitizenIdentity> person;
    base::Secret<domain::PaymentOrders> order;  // one
    PayOutcome outcome = PayOutcome::unknown;
    domain::Ticket ticket{};  // of the newest print
    Paper paper = Paper::none;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    std::optional<base::Fault> fault{};  // of the paper
    int prints = 0;
    domain::PaperSlots printed{};
    base::Instant settled{};  // when the paper last moved
    bool ways = false;
};

}  // namespace flows
