// The command line of intake voices; for intake_main alone.
#pragma once

#include "offline/intake/voices/voice_commands.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace offline::intake {

// What citizens asked, complained of and rated.
struct VoiceCommands {
    CLI::App *list = nullptr, *show = nullptr, *assign = nullptr, *reply = nullptr,
             *close = nullptr;
    std::string number, text;

    template <class Command>
    void declare(CLI::App& app, const Command& command) {
        auto* voices = app.add_subcommand("voices", "questions, complaints, ratings to answer");
        voices->require_subcommand(1);
        list = command(*voices, "list", "print the work orders, those that are due first first");
        show = command(*voices, "show", "print one with what was written, as JSON");
        assign = command(*voices, "assign", "somebody works on it");
        reply = command(*voices, "reply", "answer it; the citizen reads it at a terminal");
        close = command(*voices, "close", "nothing is left to do");
        for (auto* one : {show, assign, reply, close})
            one->add_option("number", number, "the order's")->required();
        reply->add_option("--text", text, "the answer")->required();
    }
    bool parsed() const {
        return list->parsed() || show->parsed() || assign->parsed() || reply->parsed() ||
               close->parsed();
    }
    Text run(const Site& site, base::Instant now) const {
        if (list->parsed()) return voices_text(site, now);
        if (show->parsed()) return voice_text(site, number);
        if (assign->parsed()) return assign_voice(site, number);
        if (reply->parsed()) return reply_voice(site, number, text, now);
        return close_voice(site, number);
    }
};

}  // namespace offline::intake
