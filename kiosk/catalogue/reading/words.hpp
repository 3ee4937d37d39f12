// The words the submission's JSON and the pack use for enumerations, one table for writing and
// reading. Internal to the catalogue.
#pragma once

#include "base/assert.hpp"
#include "catalogue/application.hpp"
#include "catalogue/reading/strict_object.hpp"

#include <algorithm>
#include <string_view>

namespace catalogue::reading {

inline constexpr const char* submission_format = "citizen-window/submission";
inline constexpr std::int64_t submission_format_version = 1;
inline constexpr std::string_view without_end = "长期";

inline constexpr Names<domain::Sex, 4> sex_codes{{{"0", domain::Sex::unknown},
                                                  {"1", domain::Sex::male},
                                                  {"2", domain::Sex::female},
                                                  {"9", domain::Sex::not_stated}}};
inline constexpr Names<Origin, 3> origins{
    {{"chip", Origin::chip}, {"terminal", Origin::terminal}, {"typed", Origin::typed}}};
inline constexpr Names<MaterialSource, 5> material_sources{
    {{"generated", MaterialSource::generated},
     {"chip", MaterialSource::chip},
     {"exempt", MaterialSource::exempt},
     {"typed", MaterialSource::typed},
     {"later", MaterialSource::later}}};
inline constexpr Names<Undertaking, 2> undertakings{
    {{"commit", Undertaking::commit}, {"ordinary", Undertaking::ordinary}}};
inline constexpr Names<SignatureWay, 4> signature_ways{{{"touch", SignatureWay::touch},
                                                        {"read_aloud", SignatureWay::read_aloud},
                                                        {"thumb", SignatureWay::thumb},
                                                        {"witnessed", SignatureWay::witnessed}}};
inline constexpr Names<ProofKind, 3> proof_kinds{{{"chip", ProofKind::chip},
                                                  {"chip_and_face", ProofKind::chip_and_face},
                                                  {"chip_and_visit", ProofKind::chip_and_visit}}};
inline constexpr Names<ProcessKind, 5> process_kinds{{{"review", ProcessKind::review},
                                                      {"instant", ProcessKind::instant},
                                                      {"record", ProcessKind::record},
                                                      {"promise", ProcessKind::promise},
                                                      {"query", ProcessKind::query}}};
inline constexpr Names<LenientClass, 2> lenient_classes{
    {{"A", LenientClass::a}, {"B", LenientClass::b}}};
inline constexpr Names<Level, 3> levels{
    {{"county", Level::county}, {"town", Level::town}, {"village", Level::village}}};
inline constexpr Names<ItemState, 3> item_states{
    {{"in_use", ItemState::in_use}, {"paused", ItemState::paused}, {"ended", ItemState::ended}}};
inline constexpr Names<Delivery, 5> deliveries{{{"counter", Delivery::counter},
                                                {"kiosk", Delivery::kiosk},
                                                {"post", Delivery::post},
                                                {"elicence", Delivery::elicence},
                                                {"agent", Delivery::agent}}};
inline constexpr Names<domain::Realm, 2> realms{
    {{"training", domain::Realm::training}, {"service", domain::Realm::service}}};

template <class Enum, std::size_t N>
std::string_view name_in(const Names<Enum, N>& names, Enum value) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const auto& row) { return row.second == value; });
    KIOSK_ASSERT(found != names.end());
    return found->first;
}

}  // namespace catalogue::reading
