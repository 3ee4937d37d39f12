// What the centre has to answer: questions, complaints, what could not be done, and ratings from a
// level on that the county set. One SQLite file of its own beside the cases. What somebody wrote is
// not in it: that stays sealed in its case. A person is found by the case store's keyed hash; of
// who gave no name there is nothing. Several instances may have the file open; each is for one
// thread at a time. Faults: those of offline/store; AnswerNotFound; ConfigInvalid: what may not be
// done now.
#pragma once

#include "base/clock.hpp"
#include "catalogue/voice.hpp"
#include "domain/voice_reply.hpp"
#include "offline/intake/store/case_store.hpp"
#include "offline/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::intake {

inline constexpr std::size_t reply_text_max = 4000;  // bytes

struct WorkOrder {
    std::string number;  // the case's
    std::string sub_id;  // by which its words are found
    std::string local_number;
    std::string kind, topic;
    std::int64_t level = 0;  // of a rating
    std::string about_item, about_case;
    std::string state;  // received, assigned, replied, satisfied, closed
    base::Instant received_at{}, due{};
    std::string reply;
    base::Instant replied_at{};
    std::int64_t again = 0;  // how often the citizen said: not yet
    bool overdue(base::Instant now) const;
};

class VoiceBook {
  public:
    static base::Result<VoiceBook> open(const std::string& folder);

    // Of a case that is complete. However often it is called: once.
    base::Status take(const StoredCase& complete, const catalogue::CheckedVoice& voice);

    base::Result<std::vector<WorkOrder>> all();  // those that are due first come first
    base::Result<WorkOrder> order(const std::string& number);
    base::Result<std::vector<WorkOrder>> of_person(base::ByteView person);
    base::Result<std::vector<WorkOrder>> of_sub_id(const std::string& sub_id);
    // How many ratings count, of each level from 1 to 5.
    base::Result<std::array<std::int64_t, 5>> ratings();

    base::Status assign(const std::string& number);
    base::Status reply(const std::string& number, const std::string& text, base::Instant now);
    base::Status close(const std::string& number);
    // What the citizen said to the answer; not_yet opens it again.
    base::Status heard(const std::string& number, domain::ReplyAct act);

  private:
    explicit VoiceBook(store::Database database) : database_(std::move(database)) {}
    base::Result<std::vector<WorkOrder>> select(const std::string& where, const std::string& value);
    base::Result<bool> counts(const std::string& sub_id);  // whether this rating does
    base::Status move(const std::string& number, const std::string& from, const std::string& to);
    store::Database database_;
};

// As the citizen is told.
domain::VoiceReply told(const WorkOrder& order);

}  // namespace offline::intake
