// Names of things that are not people.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace domain {

// The idempotency key of one submission, from the terminal to the intake: 16 random bytes drawn
// when the form opens, written as 32 lower-case hex digits.
struct SubId {
    std::array<std::uint8_t, 16> bytes{};

    static SubId draw();
    static base::Result<SubId> parse(std::string_view hex);
    std::string text() const;
    // Its first eight digits, as a citizen and the staff read them to one another when something
    // went wrong; the log has them too.
    std::string reference() const;
    friend auto operator<=>(const SubId&, const SubId&) = default;
};

// Counts up from 1 within one run of the app; 0 is nobody.
using SessionId = std::uint64_t;
using RequestId = std::uint64_t;

// Which request a result answers. A result of another session or an older request is dropped.
struct Ticket {
    SessionId session = 0;
    RequestId request = 0;
    friend auto operator<=>(const Ticket&, const Ticket&) = default;
};

// Test data never meets real data: keys, packs, manifests and receipts all carry their realm.
enum class Realm { training, service };
std::string_view name(Realm realm);
base::Result<Realm> realm_from(std::string_view text);

// Which algorithms sign and seal: the international ones or the national ones (SM2, SM3, SM4). A
// terminal's profile names one; the numbers stand in sealed bytes. Written "I" and "N".
enum class SuiteId : std::uint8_t { one = 1, national = 2 };
std::string_view name(SuiteId suite);
base::Result<SuiteId> suite_from(std::string_view text);  // SuiteMismatch

}  // namespace domain
