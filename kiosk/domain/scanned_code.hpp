// What a code that somebody showed is for: told from its text alone, by strict grammars. Pure. The
// text is anybody's: nothing of it is executed, opened or typed anywhere, and what fits no grammar
// exactly is unknown. That a code fits says nothing about its being true.
//
//   receipt             CW1. + 160 letters of base64url (offline/papers checks the signature)
//   comfort             comfort_code.hpp
//   guide               CWG1: + an item code, 1–50 of 0-9 A-Z; or the address of the county's
//   guides
//                       + such a code, where the county has one
//   appointment         CWA1: + a booking number, 6–32 of 0-9 A-Z -
//   enrolment           CWE1: + a one-time token, 22–171 letters of base64url
//   enterprise_licence  a unified social credit code of an enterprise (GB 32100-2015, first digit
//   9)
//                       with its check character, alone or as uniscid= of a gsxt.gov.cn address
//   project_code        NNNN-NNNNNN-NN-NN-NNNNNN, digits, as the investment platform gives it
//                       (the shape in use; no public grammar)
//   electronic_identity printable ASCII that begins as the region's identities do; only the centre
//                       can read it
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

enum class CodePurpose {
    unknown,
    receipt,
    guide,
    enterprise_licence,
    appointment,
    electronic_identity,
    project_code,
    enrolment,
    comfort,
};

struct ScannedCode {
    CodePurpose purpose = CodePurpose::unknown;
    // What the purpose needs of the text: the item code, the booking number, the credit code, the
    // token; the whole text for a receipt, a comfort code and an identity; empty for unknown.
    std::string value;
};

inline constexpr std::size_t shortest_identity_beginning = 4;

// `identity_beginnings`: with what the electronic identities of this region begin; configuration,
// none by default. One shorter than four letters would take half the world and is passed over.
// `guide_link`: what the addresses of this county's guides begin with; empty = it has none.
ScannedCode scanned_code(std::string_view text,
                         const std::vector<std::string>& identity_beginnings = {},
                         std::string_view guide_link = {});

// The code that a guide shows: the county's address with the item code where there is one, so that
// any telephone opens it; else a code that only terminals read. scanned_code() takes both.
std::string guide_code(std::string_view item_code, std::string_view guide_link);

// The text as it can be shown to say what was scanned: at most `letters` characters, everything
// that would not show as itself (controls, directions, broken UTF-8) written out as \xHH or
// \u{HHHH}, and "…" where it was cut.
std::string shown_text(std::string_view text, std::size_t letters = 60);

}  // namespace domain
