#include "offline/intake/fleet/standing.hpp"

#include "offline/papers/manifest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace offline::intake {

base::Result<std::string> why_over(const sealing::TerminalCertificate& certificate,
                                   TerminalBook& book, const papers::Revocations& published,
                                   base::Instant now) {
    const auto id = certificate.id();
    const auto own = TRY(book.certificate(id));
    if (own && own->ended != Ended::no && own->ended != Ended::renewed)
        return std::string(name(own->ended));
    if (!own || own->ended == Ended::renewed) {
        const auto newest = TRY(book.newest(certificate.terminal));
        if (newest && newest->ended != Ended::no) return std::string(name(newest->ended));
        if (newest && newest->key != certificate.key) return std::string("other");
    }
    if (std::ranges::find(published.kids, certificate.issuer) != published.kids.end())
        return std::string("issuer");
    if (published.standing_of(id, papers::seq_max) != papers::Standing::good)
        return std::string(name(Ended::revoked));
    return std::string(certificate.not_after <= now ? "expired" : "");
}

std::string over_zh(const std::string& why) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{
        {{"replaced", "被替换的旧机器"},
         {"revoked", "已吊销的机器"},
         {"lost", "报失的机器"},
         {"expired", "证书已到期的机器"},
         {"issuer", "签发者已吊销的机器"},
         {"other", "持别的证书的机器"}}};
    for (const auto& [word, zh] : words)
        if (word == why) return std::string(zh);
    return why;
}

}  // namespace offline::intake
