// The console's pages about what citizens asked, complained of and rated badly: the list, one of
// them with what was written, the answer. What was written is opened only for who may act. Each
// call opens the book, does one thing and closes it; any thread.
#pragma once

#include "offline/intake/console/pages.hpp"
#include "offline/intake/site.hpp"
#include "offline/intake/voices/voice_book.hpp"

#include <optional>
#include <string>

namespace offline::intake::console {

class VoiceDesk {
  public:
    explicit VoiceDesk(std::optional<Site> site) : site_(std::move(site)) {}

    // AnswerNotFound: there are none here, or not this one.
    base::Result<std::string> list_page(const Visitor& who, base::Instant now) const;
    base::Result<std::string> order_page(const Visitor& who, const std::string& number,
                                         base::Instant now, const std::optional<Word>& word) const;
    base::Status reply(const std::string& number, const std::string& text, base::Instant now) const;
    base::Status close(const std::string& number) const;

  private:
    base::Result<VoiceBook> book() const;
    std::optional<Site> site_;
};

}  // namespace offline::intake::console
