// Result<T>: a value or a Fault. Every fallible function of the project returns one, and a dropped
// one does not compile. Exceptions of libraries are caught in the one adapter that calls them.
#pragma once

#include "base/fault.hpp"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace base {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Fault> {
  public:
    using tl::expected<T, Fault>::expected;
    // Chains with map and and_then come back as tl::expected.
    Result(tl::expected<T, Fault> other) : tl::expected<T, Fault>(std::move(other)) {}
};

using Status = Result<void>;

inline tl::unexpected<Fault> fail(Fault fault) {
    return tl::unexpected<Fault>(std::move(fault));
}
inline tl::unexpected<Fault> fail(FaultCode code, std::string safe_detail = {}) {
    return tl::unexpected<Fault>(Fault{code, std::move(safe_detail)});
}

}  // namespace base

// The value of a Result, or return its Fault from the enclosing function.
#define TRY(expression)                                                                    \
    __extension__({                                                                        \
        auto try_result_ = (expression);                                                   \
        if (!try_result_.has_value()) return ::base::fail(std::move(try_result_).error()); \
        std::move(try_result_).value();                                                    \
    })
// The same for a Status.
#define TRY_STATUS(expression)                                                             \
    do {                                                                                   \
        auto try_status_ = (expression);                                                   \
        if (!try_status_.has_value()) return ::base::fail(std::move(try_status_).error()); \
    } while (false)
