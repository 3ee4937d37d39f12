// The intake's tables, the same in both databases. What stands in them and why:
//   case_file   one row for each submission taken: that it is taken once is its UNIQUE
//   refused     what was refused, kept aside with its signed answer (the quarantine)
//   terminal    the live epoch and the head of the chain of receipts; its row is the lock under
//               which a terminal's decisions follow one another
//   epoch       every epoch that was ever met; superseded_at 0: the live one
//   number_of   case numbers given out for each implementation code and day
//   attachment  how far the bytes of each one are durable
//   outbox      complete cases whose effect waits
//   effect      one row for each submission that had its effect
//   invitation  codes that terminals may be enrolled with, by their public keys
//   certificate what came of them: one present one for each terminal, and those that ended
//   heard       the newest heartbeat of each terminal; heartbeat: the last some hundred of each
//   command     what terminals were told to do, and what became of it
//   command_report  what terminals said of commands, each once, also of refused ones
//   still_talking   as which terminal machines speak whose certificate is over
//   account, console_session, console_act  who may use the console, is in it, and did what
//   sign_in_refused how often somebody was turned away, by day; account '': there is none such
//   case_event  what the office did with a case, one after the other; none: received
#pragma once

#include <string>

namespace offline::intake::schema {

inline constexpr int version = 6;

std::string sqlite();
std::string postgres();
// From version 1 to 2; the columns that came are filled from the papers afterwards.
std::string sqlite_from_1();
// From version 2 or a later one to this one.
std::string sqlite_from(int before);
std::string postgres_from(int before);

}  // namespace offline::intake::schema
