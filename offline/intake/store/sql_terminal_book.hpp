// The terminal book over SQL sessions.
#pragma once

#include "offline/intake/store/sql.hpp"
#include "offline/intake/store/terminal_book.hpp"

namespace offline::intake {

class SqlTerminalBook final : public TerminalBook {
  public:
    explicit SqlTerminalBook(sql::Sessions& sessions) : sessions_(sessions) {}
    base::Result<bool> invite(const OpenInvitation& invitation, base::Instant now) override;
    base::Result<std::optional<OpenInvitation>> invitation(const std::string& number) override;
    base::Result<std::vector<OpenInvitation>> invitations() override;
    base::Status count_wrong(const std::string& number) override;
    base::Result<Outcome> enrol(const std::string& number, const sealing::PublicKey& key,
                                base::Instant now, const Certify& certify) override;
    base::Status renew(const std::string& id, const RegisteredCertificate& next,
                       base::Instant now) override;
    base::Result<std::optional<RegisteredCertificate>> certificate(const std::string& id) override;
    base::Result<std::optional<RegisteredCertificate>> present(
        const std::string& terminal) override;
    base::Result<std::optional<RegisteredCertificate>> newest(const std::string& terminal) override;
    base::Result<std::vector<RegisteredCertificate>> all_present() override;
    base::Status end(const std::string& terminal, Ended why, base::Instant now) override;
    base::Result<std::vector<papers::RevokedTerminal>> revoked() override;
    base::Result<Unsent> unsent(const std::string& terminal) override;

  private:
    base::Result<sql::Rows> run(const std::string& statement,
                                const std::vector<sql::Param>& params);
    base::Result<std::vector<RegisteredCertificate>> certificates(
        const std::string& where, const std::vector<sql::Param>& params);
    sql::Sessions& sessions_;
};

}  // namespace offline::intake
