#include "offline/intake/fleet/fleet_desk.hpp"

#include "domain/app_report.hpp"
#include "offline/intake/fleet/light.hpp"
#include "offline/intake/fleet/standing.hpp"
#include "offline/store/disk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace offline::intake {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

}  // namespace

Reply FleetDesk::failed(const base::Fault& fault) const {
    log_.record(base::log::IntakeRefused{fault.code});
    switch (fault.code) {
        case FaultCode::BytesMalformed:
            return {400, wire::encode_refusal("malformed")};
        case FaultCode::CentreRefused:
            return {409, wire::encode_refusal("other-content")};
        case FaultCode::AnswerNotFound:
            return {404, wire::encode_refusal("unknown")};
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::KeyAbsent:
        case FaultCode::SuiteMismatch:
        case FaultCode::TerminalRevoked:
        case FaultCode::CertificateExpired:
            return {403, wire::encode_refusal(std::string(base::name(fault.code)))};
        default:
            return {503, wire::encode_refusal("later")};
    }
}

// Its signature is good: whose machine is it?
base::Status FleetDesk::believe(const sealing::TerminalCertificate& certificate) {
    const base::Instant now = clock_.now();
    const auto why =
        TRY(why_over(certificate, store_->book(),
                     options_.revoked ? options_.revoked() : papers::Revocations{}, now));
    if (why.empty()) return {};
    log_.record(base::log::IntakeEpoch{certificate.terminal, why});
    TRY_STATUS(
        store_->fleet().still_talks({certificate.terminal, certificate.id(), why, now, now}));
    return base::fail(why == "expired" ? FaultCode::CertificateExpired : FaultCode::TerminalRevoked,
                      certificate.terminal + ": " + why);
}

base::Result<base::Bytes> FleetDesk::taken(const std::string& terminal, base::ByteView body,
                                           bool& wants_certificate) {
    const auto says = TRY(wire::heartbeat(body));
    base::Bytes file = says.certificate;
    if (file.empty()) {
        const auto before = TRY(store_->fleet().heard(terminal));
        if (!before || before->certificate_id != says.certificate_id) {
            wants_certificate = true;
            return base::fail(FaultCode::KeyAbsent, "certificate");
        }
        file = before->certificate;
    }
    const auto certificate = TRY(sealing::TerminalCertificate::verify(file, options_.root));
    if (certificate.realm != options_.keys.realm())
        return base::fail(FaultCode::RealmMismatch, "heartbeat");
    if (certificate.terminal != terminal || certificate.id() != says.certificate_id)
        return base::fail(FaultCode::SignatureWrong, "heartbeat of another terminal");
    TRY_STATUS(wire::signed_by(body, certificate));
    TRY_STATUS(believe(certificate));
    const auto light = judge(says.content).light;
    const base::Instant now = clock_.now();
    auto& fleet = store_->fleet();
    TRY_STATUS(fleet.hear({terminal, says.number, says.at, now, wire::encode(says.content),
                           says.certificate_id, std::move(file)},
                          std::string(name(light)), says.reports));
    log_.record(base::log::HeartbeatTaken{terminal, std::string(name(light))});
    papers::HeartbeatTaken answer;
    answer.terminal = terminal;
    answer.number = says.number;
    if (!says.reports.empty()) answer.reports_up_to = says.reports.back().number;
    answer.commands = TRY(fleet.to_give(terminal, now));
    const auto key = TRY(options_.keys.receipt_key(certificate.suite(), now));
    return wire::encode(answer, key);
}

Reply FleetDesk::heartbeat(const std::string& terminal, base::ByteView body) {
    bool wants_certificate = false;
    auto answer = taken(terminal, body, wants_certificate);
    if (answer) return {200, std::move(*answer)};
    if (wants_certificate) return {409, wire::encode_refusal("certificate")};
    return failed(answer.error());
}

base::Result<base::Bytes> FleetDesk::kept(const std::string& terminal, base::ByteView body) {
    const auto said = TRY(wire::support_bundle(body, options_.root));
    const auto& certificate = said.certificate;
    if (certificate.realm != options_.keys.realm())
        return base::fail(FaultCode::RealmMismatch, "support bundle");
    if (certificate.terminal != terminal)
        return base::fail(FaultCode::SignatureWrong, "support bundle of another terminal");
    TRY_STATUS(believe(certificate));
    const auto& bundle = said.request;
    // Nobody fills this disk with what was not asked for.
    const auto commands = TRY(store_->fleet().commands(terminal));
    const bool asked = std::ranges::any_of(commands, [&](const CommandRow& one) {
        return one.serial == bundle.serial &&
               one.kind == domain::name(domain::CommandKind::support_bundle);
    });
    if (!asked) return base::fail(FaultCode::AnswerNotFound, "no bundle was asked for");
    const auto digest = sealing::digest(certificate.suite(), bundle.file);
    const auto key = TRY(options_.keys.receipt_key(certificate.suite(), clock_.now()));
    auto& disk = store::real_disk();
    const std::string folder = options_.bundles_folder + "/" + terminal;
    const std::string path = fmt::format("{}/{:06}.tar.gz", folder, bundle.serial);
    if (!disk.exists(path)) {
        TRY_STATUS(disk.make_folder(folder));
        TRY_STATUS(base::write_file(path, bundle.file, 0600));
    }
    const auto there = TRY(base::read_file(path));
    if (!std::ranges::equal(there, bundle.file))
        return base::fail(FaultCode::CentreRefused, "another bundle for this command");
    return wire::encode(wire::SupportBundleKept{terminal, bundle.serial, digest}, key);
}

Reply FleetDesk::bundle(const std::string& terminal, base::ByteView body) {
    auto answer = kept(terminal, body);
    return answer ? Reply{200, std::move(*answer)} : failed(answer.error());
}

}  // namespace offline::intake
