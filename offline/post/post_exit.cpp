#include "offline/post/post_exit.hpp"

#include <cstdio>
#include <string>

namespace offline::post {

int refused(const base::Fault& fault) {
    const std::string code(base::name(fault.code)), words(base::entry(fault.code).technician_zh);
    std::fprintf(stderr, "kiosk-post: %s: %s\nkiosk-post: %s\n", code.c_str(),
                 fault.safe_detail.c_str(), words.c_str());
    return fault.code == base::FaultCode::OutboxCorrupt ? outbox_damaged : cannot_run;
}

int refused_enrolment(const base::Fault& fault) {
    using base::FaultCode;
    refused(fault);
    switch (fault.code) {
        case FaultCode::KeyAbsent:
            return not_enrolled;
        case FaultCode::InvitationWrong:
        case FaultCode::InvitationUsed:
        case FaultCode::InvitationExpired:
        case FaultCode::InvitationLocked:
        case FaultCode::TerminalLive:
            return code_refused;
        case FaultCode::RootMismatch:
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::SuiteMismatch:
        case FaultCode::BytesMalformed:
        case FaultCode::CertificateExpired:
        case FaultCode::CentreUntrusted:
            return not_believed;
        case FaultCode::NetworkUnreachable:
        case FaultCode::CentreFailed:
        case FaultCode::CentreNonsense:
        case FaultCode::CentreRefused:
            return unreachable;
        case FaultCode::TerminalRevoked:
            return revoked;
        case FaultCode::ConfigInvalid:
            return configuration;
        default:
            return cannot_run;
    }
}

}  // namespace offline::post
