#include "domain/touch_matrix.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace domain {

namespace {
// On a panel of two metres a twentieth of a millimetre.
constexpr double finest = 1e5;
constexpr std::size_t text_bytes_max = 200;
}  // namespace

bool TouchMatrix::is_usable() const {
    return std::ranges::all_of(n,
                               [](double one) {
                                   return std::isfinite(one) && std::abs(one) <= touch_number_max;
                               }) &&
           std::abs(determinant()) >= touch_determinant_least;
}

std::optional<TouchMatrix> touch_matrix_from(std::string_view text) {
    TouchMatrix out;
    if (text.size() > text_bytes_max) return std::nullopt;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (double& one : out.n) {
        while (at != end && *at == ' ') ++at;
        const auto [next, error] = std::from_chars(at, end, one);
        const bool stands_alone = next == end || *next == ' ';
        if (error != std::errc{} || !stands_alone) return std::nullopt;
        at = next;
    }
    while (at != end && *at == ' ') ++at;
    if (at != end || !out.is_usable()) return std::nullopt;
    return out;
}

std::string as_text(const TouchMatrix& matrix) {
    std::string out;
    for (const double one : matrix.n) {
        char digits[40];
        // Without a minus before nothing.
        std::snprintf(digits, sizeof digits, "%.10g", std::round(one * finest) / finest + 0.0);
        out += (out.empty() ? "" : " ") + std::string(digits);
    }
    return out;
}

}  // namespace domain
