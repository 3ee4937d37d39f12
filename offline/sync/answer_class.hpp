// What an answer of the centre means for the one who asked: the classes that decide who waits, and
// for how long (pace.hpp). Nothing that is not the centre's own format counts as the centre: a
// portal's page, a redirect, a proxy's words are the network. Pure. Source: offline-sync.md 2.5.
#pragma once

#include "offline/sync/centre_client.hpp"

#include <string>

namespace offline::sync {

enum class AnswerClass {
    good,        // the centre's own paper, also a signed refusal: its signature decides
    network,     // N: no connection, cut, not the centre's words, a certificate that is not ours
    throttled,   // T: the whole terminal comes later
    server,      // S: the centre failed, perhaps only with this item
    authority,   // A: the terminal itself is not let in
    version,     // V: one of the two must be upgraded
    digest,      // D: the bytes there are not those that the manifest names
    offset,      // O: the centre continues from another byte
    gone,        // G: the centre does not know it; send it from the beginning
    permanent,   // P: refused without a signature: nothing here changes
    pending,     // C asked before all attachments were there
    concurrent,  // C: somebody else is at it
};

struct Verdict {
    AnswerClass is = AnswerClass::good;
    base::Fault fault;           // not for good
    base::Millis retry_after{};  // 0: not said
};

Verdict verdict_of(const base::Result<Answer>& answer);

}  // namespace offline::sync
