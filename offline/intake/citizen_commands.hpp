// The commands of the intake's command line that are about what citizens come for: the registers,
// papers ready to print, bookings, the training cashier, work orders, the life of cases. Declared
// and run by intake_main alone.
#pragma once

#include "offline/intake/case_commands.hpp"
#include "offline/intake/paying/cashier_commands.hpp"
#include "offline/intake/voices/voice_commands.hpp"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace offline::intake {

class CitizenCommands {
  public:
    // Adds a subcommand that reads the configuration.
    using Command = std::function<CLI::App*(CLI::App& below, const char* name, const char* what)>;

    void declare(CLI::App& app, const Command& command);
    bool parsed() const;
    // What is to be printed, of the one that was parsed.
    Text run(const Site& site, base::Instant now);

  private:
    void declare_registers(CLI::App& app, const Command& command);
    void declare_cases(CLI::App& app, const Command& command);

    CLI::App *load_ = nullptr, *load_proofs_ = nullptr, *verify_proof_ = nullptr;
    CLI::App *load_bookings_ = nullptr, *list_bookings_ = nullptr, *cashier_ = nullptr;
    CLI::App *voices_ = nullptr, *list_cases_ = nullptr, *show_case_ = nullptr;
    CLI::App* move_case_ = nullptr;
    std::string file_, proof_code_, order_no_, clock_text_;
    CashierAct cashier_act_ = CashierAct::list;
    VoiceOrder voice_;
    MoveOrder move_;
};

}  // namespace offline::intake
