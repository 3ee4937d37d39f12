#include "offline/intake/store/sql.hpp"

#include "base/assert.hpp"

namespace offline::intake::sql {

namespace {

template <class Wanted>
const Wanted& cell(const std::vector<Cell>& cells, std::size_t column) {
    static const Wanted nothing{};
    const Cell& found = cells.at(column);
    if (std::holds_alternative<std::monostate>(found)) return nothing;
    KIOSK_ASSERT(std::holds_alternative<Wanted>(found));
    return std::get<Wanted>(found);
}

}  // namespace

std::int64_t Row::integer(std::size_t column) const {
    return cell<std::int64_t>(cells_, column);
}
const std::string& Row::text(std::size_t column) const {
    return cell<std::string>(cells_, column);
}
const base::Bytes& Row::bytes(std::size_t column) const {
    return cell<base::Bytes>(cells_, column);
}

base::Result<Work> Work::begin(Sessions& sessions) {
    Lease session = TRY(sessions.lease());
    TRY_STATUS(session->begin());
    return Work(std::move(session));
}

base::Status Work::commit() {
    TRY_STATUS(session_->commit());
    session_.reset();
    return {};
}

}  // namespace offline::intake::sql
