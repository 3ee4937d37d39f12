// 一次性告知 on paper: from a guide, from what was answered, or from a kind end. Pure; names
// nobody.
#pragma once

#include "catalogue/pack.hpp"
#include "documents/documents.hpp"
#include "session/effect.hpp"

#include <string>

namespace app {

// `terminal`: its number, which stands on the paper with the time.
documents::NoticeDocument notice_document(const catalogue::Pack& pack,
                                          const session::PrintList& list,
                                          const std::string& terminal, base::Locale locale,
                                          base::Instant now);

}  // namespace app
