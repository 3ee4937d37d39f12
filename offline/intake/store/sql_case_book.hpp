// The case book over SQL sessions.
#pragma once

#include "offline/intake/store/case_book.hpp"
#include "offline/intake/store/sql.hpp"

namespace offline::intake {

class SqlCaseBook final : public CaseBook {
  public:
    explicit SqlCaseBook(sql::Sessions& sessions) : sessions_(sessions) {}
    base::Result<std::vector<CaseLine>> newest() override;
    base::Result<CaseLine> find(const std::string& case_number) override;
    base::Result<std::vector<CaseEvent>> events(std::int64_t serial) override;
    base::Result<domain::OfficeState> move(const std::string& case_number,
                                           const CaseEvent& event) override;

  private:
    sql::Sessions& sessions_;
};

}  // namespace offline::intake
