#include "offline/enrolment/commands.hpp"

#include "offline/sealing/tls/tls_certificates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stop_token>

namespace offline::enrolment {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line(128, '\0');
    file.read(line.data(), static_cast<std::streamsize>(line.size()));
    line.resize(static_cast<std::size_t>(file.gcount()));
    return line.substr(0, line.find('\n'));
}

Ask over(sync::CentreClient& client) {
    return [&client](const sync::Exchange& exchange) {
        const std::stop_source nobody_stops;
        return client.run(exchange, nobody_stops.get_token());
    };
}

std::string days_text(base::Instant until, base::Instant now) {
    if (until == sealing::without_end) return "不限期";
    const auto days = std::chrono::floor<std::chrono::days>(until - now).count();
    return fmt::format("{}（{}）", base::iso8601_local(until),
                       days >= 0 ? fmt::format("还有 {} 天", days) : std::string("已过期"));
}

std::string words(wire::Profile profile) {
    switch (profile) {
        case wire::Profile::hall:
            return "大厅";
        case wire::Profile::booth:
            return "亭";
        case wire::Profile::village:
            return "村（社区）";
        case wire::Profile::station:
            return "站点";
        case wire::Profile::portable:
            return "便携";
    }
    return "";
}

std::string summary(const Facts& facts, const sealing::TerminalCertificate& certificate,
                    const std::string& root, base::Instant now) {
    std::string out = fmt::format(
        "终端\t{}\n区划\t{}\n地点\t{}\n形态\t{}\n环境\t{}\n算法\t{}\n证书\t{}\n有效至\t{}"
        "\n密钥存放\t{}\n"
        "根指纹\t{}\n",
        facts.terminal, facts.division, facts.point, words(facts.profile),
        certificate.realm == domain::Realm::training ? "演示" : "正式",
        domain::name(certificate.suite()), certificate.id(), days_text(certificate.not_after, now),
        facts.key_store == wire::KeyStoreKind::tpm ? "TPM" : "文件", root);
    if (!facts.centre.empty()) out += fmt::format("中心\t{}\n", facts.centre);
    if (facts.above > 0) out += fmt::format("编号从\t{}\n", facts.above + 1);
    return out;
}

// "@FILE" leaves the code out of the list of processes.
base::Result<std::string> text_of(const std::string& given) {
    if (!given.starts_with('@')) return given;
    const auto path = given.substr(1);
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem) return base::fail(FaultCode::FileUnreadable, path);
    if (size > papers::invitation_text_max + 1)  // and the end of the line
        return base::fail(FaultCode::BytesMalformed, "invitation: length");
    const base::Bytes file = TRY(base::read_file(path));
    auto text = std::string(base::as_text(file));
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

base::Result<Joining> joining_of(const Self& self, const Wanted& wanted, const Way& way) {
    if (!wanted.invitation.empty()) {
        if (!wanted.code.empty() || !wanted.centre.empty())
            return base::fail(FaultCode::ConfigInvalid, "--invitation stands alone");
        const auto text = TRY(text_of(wanted.invitation));
        auto invitation = TRY(papers::Invitation::parse(text));
        if (invitation.realm != self.realm)
            return base::fail(FaultCode::RealmMismatch, "invitation");
        if (invitation.terminal != self.terminal)
            return base::fail(FaultCode::ConfigInvalid,
                              "the invitation is for terminal " + invitation.terminal);
        return Joining{std::move(invitation.code), invitation.centre, invitation.root};
    }
    if (wanted.code.empty())
        return base::fail(FaultCode::ConfigInvalid, "--code or --invitation is needed");
    const auto typed = TRY(text_of(wanted.code));
    auto code = TRY(papers::InvitationCode::parse(typed));
    Joining out{std::move(code), wanted.centre.empty() ? way.configured : wanted.centre, {}};
    if (!papers::is_centre_url(out.centre)) return base::fail(FaultCode::ConfigInvalid, "--centre");
    if (wanted.root.empty()) return out;
    std::string upper = wanted.root;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (sealing::is_fingerprint(upper)) {
        out.root = upper;
        return out;
    }
    const base::Bytes file = TRY(base::read_file(wanted.root));
    out.root = sealing::fingerprint(TRY(sealing::PinnedRoot::parse(file)));
    return out;
}

bool is_tls(const std::string& url) {
    return url.starts_with("https://");
}

}  // namespace

wire::MachineFacts machine_facts(const std::string& software) {
    wire::MachineFacts out;
    out.software = software;
    out.model = first_line("/sys/class/dmi/id/product_name").substr(0, 64);
    if (!wire::is_short_text(out.model)) out.model = "unknown";
    // The id itself stays here.
    const auto id = base::to_bytes("cw-machine-1:" + first_line("/etc/machine-id"));
    const auto hash = sealing::digest(sealing::SuiteId::one, id);
    out.machine = base::to_hex(base::ByteView(hash).first(8));
    return out;
}

Text enrol_command(const Self& self, const Wanted& wanted, const Way& way, const Places& places) {
    auto& disk = store::real_disk();
    const Joining joining = TRY(joining_of(self, wanted, way));
    TRY_STATUS(disk.make_folder(places.folder));
    const auto lock = TRY(disk.lock(places.lock()));
    TRY(finish_change(disk, places));
    const OwnKeyStore keys(places, disk);
    if (!wanted.again && read_in_place(self, places, keys, disk)) {
        const std::string here = TRY(identity_text(self, places, way.now()));
        return "本机已经登记\n" + here;
    }
    Self asking = self;
    asking.wants_tls = is_tls(joining.centre);
    sync::CentreAddress address{joining.centre};
    address.proxy = way.proxy;
    address.now = way.now;
    address.any_authority = true;
    sync::CentreClient client(address);
    const auto enrolled = TRY(enrol(asking, joining, places, keys, disk, over(client)));
    way.told(enrolled.facts.server_time);
    std::string out = "登记完成\n" + summary(enrolled.facts, enrolled.certificate, enrolled.root,
                                             enrolled.facts.server_time);
    if (joining.centre != way.configured)
        out += fmt::format("注意：配置里 [post] intake_url 是 {}，与邀请的中心地址不同\n",
                           way.configured);
    return out;
}

sync::CentreAddress renewal_address(const Way& way, const Places& places) {
    sync::CentreAddress out{way.configured};
    out.proxy = way.proxy;
    out.now = way.now;
    out.tls_ca = places.tls_ca;
    // What has ended is not let in any more; a renewal is, without.
    const auto file = base::read_file(places.tls_certificate);
    const auto shown = file ? sealing::tls::validity_of(*file)
                            : base::Result<sealing::tls::Validity>(base::fail(file.error()));
    if (shown && way.now() < shown->until) {
        out.tls_certificate = places.tls_certificate;
        out.tls_key = places.tls_key;
    }
    return out;
}

Text renew_command(const Self& self, const Way& way, const Places& places) {
    auto& disk = store::real_disk();
    TRY_STATUS(disk.make_folder(places.folder));
    const auto lock = TRY(disk.lock(places.lock()));
    Self asking = self;
    asking.wants_tls = is_tls(way.configured);
    sync::CentreClient client(renewal_address(way, places));
    const auto renewed = TRY(renew(asking, places, OwnKeyStore(places, disk), disk, over(client)));
    way.told(renewed.facts.server_time);
    return "证书已更新\n" +
           summary(renewed.facts, renewed.certificate, renewed.root, renewed.facts.server_time);
}

Text identity_text(const Self& self, const Places& places, base::Instant now) {
    auto& disk = store::real_disk();
    const OwnKeyStore keys(places, disk);
    const auto here = TRY(read_in_place(self, places, keys, disk));
    auto facts = TRY(read_facts(disk, places));
    // A certificate by hand, as the training's: nobody said where it stands.
    if (!facts)
        facts = Facts{here.certificate.terminal,
                      here.certificate.terminal.substr(0, 12),
                      "-",
                      wire::Profile::hall,
                      keys.kind(),
                      "",
                      0,
                      {}};
    return summary(*facts, here.certificate, sealing::fingerprint(here.root), now);
}

}  // namespace offline::enrolment
