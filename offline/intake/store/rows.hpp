// Between rows and values; used by the case store alone.
#pragma once

#include "base/assert.hpp"
#include "offline/intake/store/case_store.hpp"
#include "offline/intake/store/sql.hpp"

#include <algorithm>
#include <array>

namespace offline::intake {

inline std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
inline base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

template <std::size_t N>
std::array<std::uint8_t, N> array_of(const base::Bytes& bytes) {
    KIOSK_ASSERT(bytes.size() == N);
    std::array<std::uint8_t, N> out{};
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}
template <std::size_t N>
bool is(const base::Bytes& bytes, const std::array<std::uint8_t, N>& wanted) {
    return std::equal(bytes.begin(), bytes.end(), wanted.begin(), wanted.end());
}
// Empty in a store of the first version: no epoch.
sealing::Epoch epoch_of(const base::Bytes& bytes);

CaseState state_of(const std::string& text);

// The next try of an effect that failed: 5 s, 25 s, 2 min, 10 min.
inline std::int64_t retry_ms(std::int64_t attempts) {
    std::int64_t wait = 1000;
    for (std::int64_t i = 0; i < attempts; ++i) wait *= 5;
    return wait;
}

extern const std::string select_cases_sql;  // ends with a space: WHERE or ORDER BY follows
extern const std::string insert_refusal_sql;
extern const std::string select_refusals_sql;

// They point into the values, which must outlive them.
// For `count` rows of case_params one after the other.
std::string insert_cases_sql(std::size_t count);
void append_case_params(std::vector<sql::Param>& to, const NewCase& fresh, const Place& place,
                        const base::Bytes& receipt1);
// "$from, … " for `count` values.
std::string placeholders(std::size_t from, std::size_t count);
std::vector<sql::Param> refusal_params(const Refusal& refusal, const base::Bytes& receipt);
StoredCase case_of(const sql::Row& row);
Refusal refusal_of_row(const sql::Row& row);
// Of local_number, state, received_at, completed_at, decided_at.
papers::CaseStatus status_of(const sql::Row& row);

// Whether the case had its effect; inside whatever transaction stands.
base::Result<bool> has_effect(sql::Work& work, const domain::SubId& id, std::int64_t serial);

}  // namespace offline::intake
