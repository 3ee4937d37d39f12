#include "offline/intake/invite_commands.hpp"

#include "offline/intake/revocation_publishing.hpp"
#include "offline/sealing/keys/trust.hpp"

#include <fmt/format.h>

#include <charconv>

namespace offline::intake {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

constexpr int draws_max = 64;
constexpr std::chrono::hours longest_validity = std::chrono::days(30);

base::Status check(const Invite& what) {
    const auto wrong = [](const char* text) { return base::fail(FaultCode::ConfigInvalid, text); };
    const auto& place = what.place;
    if (!sealing::is_terminal_id(place.terminal)) return wrong("--terminal: 15 digits");
    if (place.division != place.terminal.substr(0, 12))
        return wrong("--division: the first 12 digits of the terminal");
    if (!wire::is_short_text(place.point)) return wrong("--point: 1 to 64 bytes of text");
    if (!what.replaces.empty() && !sealing::is_terminal_id(what.replaces))
        return wrong("--replaces: 15 digits");
    if (what.valid_for <= std::chrono::hours(0) || what.valid_for > longest_validity)
        return wrong("--valid-for: 1h to 30d");
    if (!papers::is_centre_url(what.centre))
        return wrong("--centre: http(s)://host[:port], as terminals reach it");
    return {};
}

base::Result<base::Bytes> public_key_of(const papers::InvitationCode& code,
                                        sealing::SuiteId suite) {
    const auto key = TRY(code.key(suite));
    return key.public_key().bytes;
}

std::string until_text(base::Instant at) {
    return at == base::Instant{} ? "-" : base::iso8601_local(at);
}

std::string ended_text(Ended ended) {
    return ended == Ended::no ? "live" : std::string(name(ended));
}

}  // namespace

base::Result<std::chrono::hours> hours_from(const std::string& text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (problem != std::errc() || number < 1 || number > 10'000 || (unit != "h" && unit != "d"))
        return base::fail(FaultCode::ConfigInvalid, "a time is 72h or 3d");
    return std::chrono::hours(unit == "h" ? number : number * 24);
}

base::Result<MadeInvitation> make_invitation(TerminalBook& book, const sealing::PinnedRoot& root,
                                             const Invite& what, base::Instant now) {
    TRY_STATUS(check(what));
    const auto present = TRY(book.present(what.place.terminal));
    if (present && what.replaces != what.place.terminal)
        return base::fail(FaultCode::TerminalLive, what.place.terminal);
    OpenInvitation open;
    open.place = what.place;
    open.replaces = what.replaces;
    open.until = now + what.valid_for;
    for (int i = 0; i < draws_max; ++i) {
        auto code = papers::InvitationCode::draw();
        open.number = code.number();
        open.key_one = TRY(public_key_of(code, sealing::SuiteId::one));
        open.key_national = TRY(public_key_of(code, sealing::SuiteId::national));
        if (!TRY(book.invite(open, now))) continue;
        papers::Invitation invitation{what.centre, root.realm, what.place.terminal,
                                      sealing::fingerprint(root), std::move(code)};
        auto modules = TRY(qr_modules(invitation.text()));
        return MadeInvitation{std::move(invitation), std::move(modules), open.until};
    }
    return base::fail(FaultCode::StoreUnreachable, "no free invitation number");
}

Text invite(const Site& site, const Invite& what, base::Instant now) {
    TRY_STATUS(check(what));
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    if (!TRY(read_issuer(site, root)))
        return base::fail(FaultCode::KeyAbsent, site.folder + "/issuer.key");
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const auto made = TRY(make_invitation(store->book(), root, what, now));
    if (!what.qr_file.empty())
        TRY_STATUS(base::write_file(what.qr_file, base::to_bytes(as_svg(made.modules))));
    return fmt::format(
        "{}\n终端\t{}\n区划\t{}\n地点\t{}\n形态\t{}\n登记码\t{}\n有效至\t{}\n中心\t{}"
        "\n根指纹\t{}\n"
        "邀请\t{}\n",
        as_blocks(made.modules), what.place.terminal, what.place.division, what.place.point,
        wire::name(what.place.profile), made.invitation.code.text(),
        base::iso8601_local(made.until), what.centre, made.invitation.root, made.invitation.text());
}

Text replace(const Site& site, const std::string& terminal, Invite what, base::Instant now) {
    {
        const auto store = TRY(open_store(site, &IntakeStore::open_beside));
        auto present = TRY(store->book().present(terminal));
        if (!present) return base::fail(FaultCode::AnswerNotFound, "not enrolled: " + terminal);
        what.place = std::move(present->place);
    }
    what.replaces = terminal;
    return invite(site, what, now);
}

Text registered_text(const Site& site, base::Instant now) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    auto& book = store->book();
    std::string out =
        "terminal\tdivision\tpoint\tprofile\tstate\tcertificate\tkey_store\tgood_until\tunsent\n";
    const auto registered = TRY(book.all_present());
    for (const auto& one : registered) {
        const auto numbers = TRY(book.unsent(one.place.terminal));
        out += fmt::format(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", one.place.terminal, one.place.division,
            one.place.point, wire::name(one.place.profile),
            one.ended == Ended::no && one.not_after <= now ? "expired" : ended_text(one.ended),
            one.id, wire::name(one.facts.key_store), until_text(one.not_after),
            numbers.said ? std::to_string(numbers.missing) : "-");
    }
    const auto invitations = TRY(book.invitations());
    for (const auto& one : invitations) {
        if (one.used_at != base::Instant{}) continue;
        const char* state = one.wrong >= wrong_codes_max ? "locked"
                            : one.until <= now           ? "invitation-expired"
                                                         : "invited";
        out += fmt::format("{}\t{}\t{}\t{}\t{}\t-\t-\t{}\t-\n", one.place.terminal,
                           one.place.division, one.place.point, wire::name(one.place.profile),
                           state, until_text(one.until));
    }
    return out;
}

Text end_terminal(const Site& site, const std::string& terminal, Ended why,
                  const std::string& feed_key, base::Instant now) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    auto& book = store->book();
    const auto numbers = TRY(book.unsent(terminal));
    TRY_STATUS(book.end(terminal, why, now));
    std::string out = fmt::format("{}\t{}\n", terminal, name(why));
    if (numbers.said)
        out += fmt::format("已知未到\t{}\n最大编号\t{}\n已连续确认到\t{}\n", numbers.missing,
                           numbers.highest, numbers.countersigned);
    else
        out += "已知未到\t-（本终端从未报到）\n";
    if (feed_key.empty())
        return out +
               "下一步\t本中心已不再信任它；要让它自己也知道：intake publish revocation，"
               "或下次带上 --key\n";
    // It has ended, whatever becomes of the feed.
    const auto version = publish_revocations(site, feed_key, now);
    if (version) return out + fmt::format("吊销名单\t已发布第 {} 版\n", *version);
    return out + fmt::format("吊销名单\t没有发布（{}）：intake publish revocation\n",
                             base::name(version.error().code));
}

Text revocations_text(const Site& site) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const auto revoked = TRY(store->book().revoked());
    std::string out;
    for (const auto& one : revoked)
        out += fmt::format("terminal {} {}\n", one.certificate, one.last_seq);
    return out;
}

}  // namespace offline::intake
