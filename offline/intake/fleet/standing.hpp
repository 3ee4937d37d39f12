// Whether a certificate is the one with which a terminal speaks now. Any thread.
#pragma once

#include "offline/intake/store/terminal_book.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/sealing/certificate.hpp"

#include <string>

namespace offline::intake {

// Empty: it is. Else why not, as a word: replaced, revoked, lost as the register says; expired by
// this centre's clock; issuer: who made it is not believed any more; other: the register knows the
// terminal by another key. Also present are: one that was renewed by this same machine, for the
// answer with the next may be lost; and, for a terminal of which the register knows nothing, one
// that the root or an issuer signed. `published`: the feed of revocations. The store's faults.
base::Result<std::string> why_over(const sealing::TerminalCertificate& certificate,
                                   TerminalBook& book, const papers::Revocations& published,
                                   base::Instant now);
// In Chinese, of the machine that still speaks.
std::string over_zh(const std::string& why);

}  // namespace offline::intake
