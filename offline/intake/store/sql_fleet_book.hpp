// The fleet book over SQL sessions.
#pragma once

#include "offline/intake/store/fleet_book.hpp"
#include "offline/intake/store/sql.hpp"

namespace offline::intake {

class SqlFleetBook final : public FleetBook {
  public:
    explicit SqlFleetBook(sql::Sessions& sessions) : sessions_(sessions) {}
    base::Result<std::optional<Heard>> heard(const std::string& terminal) override;
    base::Result<std::vector<Heard>> all_heard() override;
    base::Result<std::vector<HeardBefore>> history(const std::string& terminal) override;
    base::Status hear(const Heard& heard, const std::string& light,
                      const std::vector<papers::CommandReport>& reports) override;
    base::Status still_talks(const StillTalking& machine) override;
    base::Result<std::vector<StillTalking>> still_talking() override;
    base::Result<std::int64_t> order(const CommandRow& row, const MakeCommand& make) override;
    base::Result<std::vector<std::string>> to_give(const std::string& terminal,
                                                   base::Instant now) override;
    base::Result<std::vector<CommandRow>> commands(const std::string& terminal) override;
    base::Result<std::vector<ReportRow>> reports(const std::string& terminal) override;
    base::Result<bool> add(const Account& account) override;
    base::Result<std::optional<Account>> account(const std::string& name) override;
    base::Result<std::vector<Account>> accounts() override;
    base::Status disable(const std::string& name, base::Instant now) override;
    base::Status refuse_sign_in(const std::string& name, bool known, base::Instant now) override;
    base::Result<std::vector<RefusedSignIns>> refused_sign_ins() override;
    base::Status forgive(const std::string& name) override;
    base::Status begin(const ConsoleSession& session) override;
    base::Result<std::optional<ConsoleSession>> session(base::ByteView token,
                                                        base::Instant not_before) override;
    base::Status touch(base::ByteView token, base::Instant now) override;
    base::Status end_session(base::ByteView token) override;
    base::Status record(const ConsoleAct& act) override;
    base::Result<std::vector<ConsoleAct>> acts() override;

  private:
    base::Result<std::optional<std::int64_t>> order_once(const CommandRow& row,
                                                         const MakeCommand& make);
    base::Result<sql::Rows> run(const std::string& statement,
                                const std::vector<sql::Param>& params);
    sql::Sessions& sessions_;
};

}  // namespace offline::intake
