// Cases in the console: the newest with their state and day, one with its history, and the form
// that says what the office has done. A case is its number, its item and its states here; whose it
// is is not shown. Any thread.
#pragma once

#include "base/event_log.hpp"
#include "catalogue/pack.hpp"
#include "offline/intake/console/pages.hpp"
#include "offline/intake/store/case_store.hpp"

#include <memory>
#include <optional>
#include <string>

namespace offline::intake::console {

struct Shown {
    int status = 200;
    std::string page;
    std::string go_to = {};    // in place of a page
    std::string outcome = {};  // of a move, for the record: a word
};

class CaseDesk {
  public:
    // Without a pack no day is promised.
    CaseDesk(CaseStore& store, std::shared_ptr<const catalogue::Pack> pack,
             const base::Clock& clock, base::EventLog& log);
    Shown list(const Visitor& who) const;
    Shown one(const Visitor& who, const std::string& number) const;
    // `body`: the form's. Who may act was looked at before.
    Shown move(const Visitor& who, const std::string& number, const std::string& body);

  private:
    Shown shown(const Visitor& who, const std::string& number, int status,
                const std::optional<Word>& word) const;
    CaseStore& store_;
    std::shared_ptr<const catalogue::Pack> pack_;
    const base::Clock& clock_;
    base::EventLog& log_;
};

}  // namespace offline::intake::console
