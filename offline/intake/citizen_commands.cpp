#include "offline/intake/citizen_commands.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <tuple>

namespace offline::intake {

namespace {

Text as_line(const base::Result<std::int64_t>& count) {
    if (!count) return base::fail(count.error());
    return std::to_string(*count) + "\n";
}

}  // namespace

void CitizenCommands::declare_registers(CLI::App& app, const Command& command) {
    load_ = command(app, "load", "take certificates and fees from a JSON file of the registers");
    load_->add_option("file", file_, "certificates and fees")->required();

    auto* proofs = app.add_subcommand("proofs", "papers made out for people, ready to print");
    proofs->require_subcommand(1);
    load_proofs_ =
        command(*proofs, "load", "take papers and what is not made out now from a JSON file");
    load_proofs_->add_option("file", file_, "proofs and not_now")->required();
    verify_proof_ = command(*proofs, "verify", "print what a paper with this code is");
    verify_proof_->add_option("code", proof_code_, "13 characters, as on the paper")->required();

    auto* bookings = app.add_subcommand("bookings", "offices, their times and what is booked");
    bookings->require_subcommand(1);
    load_bookings_ = command(*bookings, "load", "take offices and their times from a JSON file");
    load_bookings_->add_option("file", file_, "points and slots")->required();
    list_bookings_ = command(*bookings, "list", "print the bookings that stand");

    cashier_ = app.add_subcommand("cashier", "in training: play the cashier who takes the money");
    cashier_->require_subcommand(1);
    for (const auto& [word, act, about] :
         {std::tuple{"list", CashierAct::list, "every order and its state"},
          std::tuple{"pay", CashierAct::pay, "an order was paid"},
          std::tuple{"fail", CashierAct::fail, "paying an order came to nothing"}}) {
        auto* one = command(*cashier_, word, about);
        if (act != CashierAct::list)
            one->add_option("order", order_no_, "the order's number")->required();
        one->add_option("--clock", clock_text_, "fixed wall clock for training");
        one->callback([this, chosen = act] { cashier_act_ = chosen; });
    }
}

void CitizenCommands::declare_cases(CLI::App& app, const Command& command) {
    voices_ = command(app, "voices", "what citizens asked, complained of and rated badly");
    voices_->add_option("act", voice_.act, "list, show, assign, reply or close")
        ->required()
        ->check(CLI::IsMember({"list", "show", "assign", "reply", "close"}));
    voices_->add_option("number", voice_.number, "the work order's; of all but list");
    voices_->add_option("--text", voice_.text, "the answer; of reply");

    auto* cases = app.add_subcommand("cases", "what the office does with a case");
    cases->require_subcommand(1);
    list_cases_ = command(*cases, "list", "print the newest: state, since, due, office");
    show_case_ = command(*cases, "show", "print what was done with one");
    move_case_ = command(*cases, "move", "say what the office has done with it");
    for (auto* one : {show_case_, move_case_})
        one->add_option("number", move_.case_number, "its case number")->required();
    move_case_->add_option("state", move_.state, "accepted, correction, in_review …")->required();
    move_case_->add_option("--office", move_.office, "who has it; of a refusal where to go");
    move_case_->add_option("--until", move_.until, "of a correction: its last day, 2026-12-08");
    move_case_->add_option("--note", move_.note, "a sentence for the person; names nobody");
    move_case_->add_option("--result", move_.result, "of a decision: yes or no");
}

void CitizenCommands::declare(CLI::App& app, const Command& command) {
    declare_registers(app, command);
    declare_cases(app, command);
}

bool CitizenCommands::parsed() const {
    const auto all = {load_,    load_proofs_, verify_proof_, load_bookings_, list_bookings_,
                      cashier_, voices_,      list_cases_,   show_case_,     move_case_};
    return std::any_of(all.begin(), all.end(),
                       [](const CLI::App* one) { return one != nullptr && one->parsed(); });
}

Text CitizenCommands::run(const Site& site, base::Instant now) {
    if (load_->parsed()) return as_line(load_registers(site, file_));
    if (load_proofs_->parsed()) return as_line(load_proofs(site, file_));
    if (verify_proof_->parsed()) return verify_proof(site, proof_code_, now);
    if (load_bookings_->parsed()) return as_line(load_bookings(site, file_));
    if (list_bookings_->parsed()) return bookings_text(site);
    if (cashier_->parsed()) {
        if (!clock_text_.empty() && !base::parse_iso8601(clock_text_, now))
            return base::fail(base::FaultCode::ConfigInvalid, "--clock takes an ISO 8601 time");
        return cashier_text(site, cashier_act_, order_no_, now);
    }
    if (voices_->parsed()) return voices_text(site, voice_, now);
    if (list_cases_->parsed()) return cases_list_text(site);
    if (show_case_->parsed()) return case_history_text(site, move_.case_number);
    return move_case_text(site, move_, now);
}

}  // namespace offline::intake
