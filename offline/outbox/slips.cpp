// The slip in the citizen's hand: its codes, whether it was shown, and what it finds.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"

namespace offline::outbox {

using base::FaultCode;

papers::Token Outbox::token_of(const domain::SubId& sub_id) const {
    // Derived, so that a repeated question is answered with the same slip even after the purge.
    const auto hash = sealing::suite(terminal_.certificate.suite())
                          .mac(terminal_.key.derive("look-up token"), sub_id.bytes);
    papers::Token token{};
    std::copy_n(hash.begin(), token.size(), token.begin());
    return token;
}

base::Result<std::string> Outbox::code_of(const domain::LocalReceipt& receipt,
                                          base::ByteView manifest_digest) const {
    papers::ReceiptCode code;
    code.realm = terminal_.certificate.realm;
    code.clock_trust = receipt.clock_trust;
    code.kept_at = receipt.kept_at;
    code.local_number = receipt.local_number;
    code.token = token_of(receipt.sub_id);
    std::copy_n(manifest_digest.begin(), code.manifest_digest.size(), code.manifest_digest.begin());
    const base::Bytes id = base::from_hex(terminal_.certificate.id()).value();
    std::copy_n(id.begin(), code.certificate_id.size(), code.certificate_id.begin());
    return papers::make_receipt_code(code, terminal_.key);
}

base::Result<std::vector<domain::KeptUnshown>> Outbox::unshown() {
    store::Query rows = database_.prepare(
        "SELECT seq, local_number FROM submission WHERE receipt_shown = 0"
        " UNION ALL SELECT seq, local_number FROM tombstone WHERE receipt_shown = 0 ORDER BY seq"
        " LIMIT 100");
    std::vector<domain::KeptUnshown> out;
    while (TRY(rows.row())) out.push_back({rows.text(1)});
    return out;
}

base::Status Outbox::receipt_shown(const std::string& local_number) {
    for (const char* sql : {"UPDATE submission SET receipt_shown = 1 WHERE local_number = ?",
                            "UPDATE tombstone SET receipt_shown = 1 WHERE local_number = ?"})
        TRY_STATUS(database_.prepare(sql).bind(local_number).run());
    return {};
}

base::Result<domain::SubmissionStatus> Outbox::look_up(const std::string& receipt_code) {
    std::string number;
    papers::Token token{};
    if (papers::looks_like_receipt_code(receipt_code)) {
        const papers::ReceiptCode code = TRY(papers::parse_receipt_code(receipt_code));
        number = code.local_number;
        token = code.token;
    } else {
        const std::string typed = papers::without_grouping(receipt_code);
        if (typed.size() != 24 || !papers::is_local_number(std::string_view(typed).substr(0, 16)))
            return base::fail(FaultCode::AnswerNotFound, "not a number and a token");
        number = typed.substr(0, 16);
        token = TRY(papers::token_from(std::string_view(typed).substr(16)));
    }
    store::Query found = database_.prepare(
        "SELECT token_hash, state, case_number, since, sub_id FROM submission"
        " WHERE local_number = ?1"
        " UNION ALL SELECT token_hash, 'COMPLETE', case_number, since, sub_id FROM tombstone"
        " WHERE local_number = ?1");
    const bool known = TRY(found.bind(number).row());
    const sealing::Digest hash = digest_of(token);
    // One answer for an unknown number and for a wrong token: numbers cannot be probed.
    if (!known || found.bytes(0) != base::Bytes(hash.begin(), hash.end()))
        return base::fail(FaultCode::AnswerNotFound);
    domain::SubmissionStatus status;
    const std::string state = found.text(1);
    status.delivery = state == "QUEUED"     ? domain::Delivery::kept
                      : state == "SENT_ENV" ? domain::Delivery::sending
                      : state == "COMPLETE" ? domain::Delivery::received
                                            : domain::Delivery::attention;
    status.local_number = number;
    status.case_number = found.text(2);
    status.since = base::iso8601_local(instant(found.integer(3)));
    status.sub_id = base::to_hex(found.bytes(4));
    return status;
}

}  // namespace offline::outbox
