// Signing in without a card: the terminal shows a challenge, the centre signs an answer that serves
// for this challenge only. Both are texts for QR codes.
//   challenge  CWM1:TERMINAL:TIME:NONCE          15 digits, ms, 32 hexadecimal digits
//   answer     CWMA1:LABEL:RIGHTS:KID:SIGNATURE  rights with a comma between them or "-", base64url
// The signature, by a key that signs feeds, is over the challenge, a line end and LABEL:RIGHTS. So
// an answer opens one terminal once, for as long as its challenge stands. Strict and pure.
#pragma once

#include "domain/technician.hpp"
#include "offline/sealing/keys/key_set.hpp"

namespace offline::papers {

struct MaintenanceChallenge {
    std::string terminal;
    base::Instant since{};
    std::array<std::uint8_t, 16> nonce{};
    std::string text() const;
    // BytesMalformed.
    static base::Result<MaintenanceChallenge> parse(std::string_view text);
    friend bool operator==(const MaintenanceChallenge&, const MaintenanceChallenge&) = default;
};
inline constexpr base::Millis challenge_serves{15 * 60'000};
inline constexpr std::size_t answer_text_max = 256;

// At the centre, for a technician whom it knows by other means.
base::Result<std::string> maintenance_answer(const MaintenanceChallenge& challenge,
                                             const domain::Technician& technician,
                                             const sealing::Signer& key);
// AnswerWrong: not an answer, to another challenge, by no key of the centre's, or too late.
base::Result<domain::Technician> read_maintenance_answer(std::string_view text,
                                                         const MaintenanceChallenge& challenge,
                                                         const sealing::KeySet& keys,
                                                         base::Instant now);

}  // namespace offline::papers
