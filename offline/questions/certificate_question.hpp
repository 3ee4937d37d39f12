// Is there a certificate of this holder? Which, until when. Both ends. Faults: BytesMalformed for a
// question; CentreRefused (with the centre's word) or CentreNonsense for an answer. Pure.
#pragma once

#include "base/secret.hpp"
#include "offline/questions/kinds.hpp"

#include <vector>

namespace offline::questions {

struct CertificateAsked {
    Person holder;
    std::string type;  // code of the kind of certificate; empty: all
    friend bool operator==(const CertificateAsked&, const CertificateAsked&) = default;
};
struct Certificate {
    std::string type, type_name;
    std::string number;
    std::string issuer;
    std::string valid_from, valid_to;  // 2026-11-22; valid_to empty: without end
    std::string state;                 // normal, expired, revoked, suspended
    friend bool operator==(const Certificate&, const Certificate&) = default;
};
inline constexpr const char* certificate_states[] = {"normal", "expired", "revoked", "suspended"};

base::SecretText certificate_question(const CertificateAsked& asked);
base::Result<std::vector<Certificate>> read_certificate_answer(std::string_view json);

base::Result<CertificateAsked> read_certificate_question(std::string_view json);
std::string certificate_answer(const std::vector<Certificate>& certificates);

}  // namespace offline::questions
