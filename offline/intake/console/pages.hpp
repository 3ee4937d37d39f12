// The console's pages as HTML: values in, markup out. Chinese, without scripts and without anything
// from elsewhere. Pure.
#pragma once

#include "offline/intake/console/accounts.hpp"
#include "offline/intake/console/html.hpp"
#include "offline/intake/fleet/fleet_commands.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::intake::console {

// What stands above a page: that something was done, or why not.
struct Word {
    bool good = true;
    std::string text;
};

std::string login_page(const std::string& token, const std::optional<Word>& word);
std::string list_page(const Visitor& who, const std::vector<FleetLine>& lines, base::Instant now,
                      const std::optional<Word>& word);

struct TerminalPage {
    FleetLine line;
    std::vector<HeardBefore> history;  // the newest first
    std::vector<CommandRow> commands;
    std::vector<ReportRow> refused;  // commands that it refused
};
std::string terminal_page(const Visitor& who, const TerminalPage& page, base::Instant now,
                          const std::optional<Word>& word);

// A code that was just made; shown once.
struct FreshInvitation {
    std::string terminal, point, code, text, svg;
    base::Instant until{};
};
std::string invitations_page(const Visitor& who, const std::vector<OpenInvitation>& invitations,
                             const std::optional<FreshInvitation>& fresh, base::Instant now,
                             const std::optional<Word>& word);

// What the centre gives out, and who has it.
struct FeedInUse {
    std::string feed;          // pack, key_set …
    std::int64_t version = 0;  // the newest published; 0: none
};
std::string versions_page(const Visitor& who, const std::vector<FeedInUse>& feeds,
                          const std::vector<FleetLine>& lines);
std::string acts_page(const Visitor& who, const std::vector<ConsoleAct>& acts,
                      const std::vector<Account>& accounts,
                      const std::vector<RefusedSignIns>& refused, const std::optional<Word>& word);
std::string nothing_page(const std::optional<Visitor>& who, const std::string& text);

extern const char* const style_sheet;

}  // namespace offline::intake::console
