// intake cases list | show | move, as the command line has it. Included by the program alone.
#pragma once

#include "offline/intake/case_commands.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace offline::intake {

struct CaseCommandLine {
    CLI::App *list = nullptr, *show = nullptr, *move = nullptr;
    MoveOrder order = {};

    template <class Command>
    void declare(CLI::App& app, const Command& command) {
        auto* cases = app.add_subcommand("cases", "what the office does with a case");
        cases->require_subcommand(1);
        list = command(*cases, "list", "print the newest cases: state, since, due, office");
        show = command(*cases, "show", "print what was done with one");
        move = command(*cases, "move", "say what the office has done with it");
        for (auto* one : {show, move})
            one->add_option("number", order.case_number, "its case number")->required();
        move->add_option("state", order.state,
                         "received, correction, accepted, refused, in_review, special, decided, "
                         "finished, delivered, withdrawn or lapsed")
            ->required();
        move->add_option("--office", order.office, "who has it now, or of a refusal where to go");
        move->add_option("--until", order.until, "of a correction: its last day, 2026-12-08");
        move->add_option("--note", order.note, "a sentence for the person; names nobody");
        move->add_option("--result", order.result, "of a decision: yes or no");
    }
    bool parsed() const { return list->parsed() || show->parsed() || move->parsed(); }
    Text run(const Site& site, base::Instant now) const {
        if (list->parsed()) return cases_list_text(site);
        if (show->parsed()) return case_history_text(site, order.case_number);
        return move_case_text(site, order, now);
    }
};

}  // namespace offline::intake
