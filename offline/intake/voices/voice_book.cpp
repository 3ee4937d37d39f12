#include "offline/intake/voices/voice_book.hpp"

#include <filesystem>

namespace offline::intake {

namespace {

using base::FaultCode;

constexpr const char* schema = R"sql(
CREATE TABLE work_order(
    number TEXT PRIMARY KEY, sub_id TEXT NOT NULL UNIQUE, local_number TEXT NOT NULL,
    person TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, level INTEGER NOT NULL,
    about_item TEXT NOT NULL, about_case TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('received', 'assigned', 'replied', 'satisfied', 'closed')),
    received_at INTEGER NOT NULL, due INTEGER NOT NULL,
    reply TEXT NOT NULL, replied_at INTEGER NOT NULL, again INTEGER NOT NULL
) STRICT;
CREATE INDEX work_order_by_person ON work_order(person) WHERE person <> '';
CREATE TABLE rating(
    token TEXT PRIMARY KEY, sub_id TEXT NOT NULL UNIQUE, level INTEGER NOT NULL,
    item TEXT NOT NULL, step TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 1;
)sql";

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

constexpr base::Millis day{std::int64_t{24} * 3'600'000};

}  // namespace

bool WorkOrder::overdue(base::Instant now) const {
    return (state == "received" || state == "assigned") && now > due;
}

base::Result<VoiceBook> VoiceBook::open(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    store::Database database =
        TRY(store::Database::open(folder + "/voices.sqlite", store::Access::shared));
    TRY_STATUS(database.quick_check());
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version == 0)
        TRY_STATUS(database.execute(schema));
    else if (version != 1)
        return base::fail(FaultCode::OutboxCorrupt, "voices: written by a newer program");
    TRY_STATUS(transaction.commit());
    return VoiceBook(std::move(database));
}

base::Result<bool> VoiceBook::counts(const std::string& sub_id) {
    store::Query found = database_.prepare("SELECT 1 FROM rating WHERE sub_id = ?");
    return found.bind(sub_id).row();
}

base::Status VoiceBook::take(const StoredCase& complete, const catalogue::CheckedVoice& checked) {
    const catalogue::Voice& voice = checked.voice;
    const std::string sub_id = complete.sub_id.text();
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    if (voice.kind == catalogue::VoiceKind::rating) {
        TRY_STATUS(database_
                       .prepare("INSERT INTO rating VALUES (?, ?, ?, ?, ?, ?)"
                                " ON CONFLICT DO NOTHING")
                       .bind(checked.token)
                       .bind(sub_id)
                       .bind(voice.level)
                       .bind(voice.about_item)
                       .bind(voice.step)
                       .bind(ms(complete.received_at))
                       .run());
        // Another one of the same case and step counts already.
        if (!TRY(counts(sub_id))) return {};
    }
    if (checked.follow_up)
        TRY_STATUS(database_
                       .prepare("INSERT INTO work_order VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                " 'received', ?, ?, '', 0, 0) ON CONFLICT DO NOTHING")
                       .bind(complete.case_number)
                       .bind(sub_id)
                       .bind(complete.local_number)
                       .bind(voice.person ? base::to_hex(complete.person) : std::string())
                       .bind(std::string(catalogue::name(voice.kind)))
                       .bind(voice.topic)
                       .bind(voice.level)
                       .bind(voice.about_item)
                       .bind(voice.about_case)
                       .bind(ms(complete.received_at))
                       .bind(ms(complete.received_at + checked.reply_days * day))
                       .run());
    return transaction.commit();
}

base::Result<std::vector<WorkOrder>> VoiceBook::select(const std::string& where,
                                                       const std::string& value) {
    store::Query rows = database_.prepare(
        "SELECT number, sub_id, local_number, kind, topic, level, about_item, about_case, state,"
        " received_at, due, reply, replied_at, again FROM work_order WHERE " +
        where + " ORDER BY state IN ('satisfied', 'closed'), state = 'replied', due, number");
    rows.bind(value);
    std::vector<WorkOrder> out;
    while (TRY(rows.row())) {
        WorkOrder order;
        order.number = rows.text(0);
        order.sub_id = rows.text(1);
        order.local_number = rows.text(2);
        order.kind = rows.text(3);
        order.topic = rows.text(4);
        order.level = rows.integer(5);
        order.about_item = rows.text(6);
        order.about_case = rows.text(7);
        order.state = rows.text(8);
        order.received_at = instant(rows.integer(9));
        order.due = instant(rows.integer(10));
        order.reply = rows.text(11);
        order.replied_at = instant(rows.integer(12));
        order.again = rows.integer(13);
        out.push_back(std::move(order));
    }
    return out;
}

base::Result<std::vector<WorkOrder>> VoiceBook::all() {
    return select("number <> ?", "");
}

base::Result<WorkOrder> VoiceBook::order(const std::string& number) {
    auto found = TRY(select("number = ?", number));
    if (found.empty()) return base::fail(FaultCode::AnswerNotFound, "no work order of this number");
    return std::move(found.front());
}

base::Result<std::vector<WorkOrder>> VoiceBook::of_person(base::ByteView person) {
    if (person.empty()) return std::vector<WorkOrder>{};
    return select("person = ?", base::to_hex(person));
}

base::Result<std::vector<WorkOrder>> VoiceBook::of_sub_id(const std::string& sub_id) {
    return select("sub_id = ?", sub_id);
}

base::Result<std::array<std::int64_t, 5>> VoiceBook::ratings() {
    store::Query rows = database_.prepare("SELECT level, count(*) FROM rating GROUP BY level");
    std::array<std::int64_t, 5> out{};
    while (TRY(rows.row())) out.at(static_cast<std::size_t>(rows.integer(0) - 1)) = rows.integer(1);
    return out;
}

base::Status VoiceBook::move(const std::string& number, const std::string& from,
                             const std::string& to) {
    const auto before = TRY(order(number));
    if (before.state != from) return base::fail(FaultCode::ConfigInvalid, "it is " + before.state);
    return database_.prepare("UPDATE work_order SET state = ? WHERE number = ?")
        .bind(to)
        .bind(number)
        .run();
}

base::Status VoiceBook::assign(const std::string& number) {
    return move(number, "received", "assigned");
}

base::Status VoiceBook::reply(const std::string& number, const std::string& text,
                              base::Instant now) {
    const auto before = TRY(order(number));
    if (text.empty() || text.size() > reply_text_max)
        return base::fail(FaultCode::ConfigInvalid, "an answer of 1 to 4000 bytes");
    if (before.state == "satisfied" || before.state == "closed")
        return base::fail(FaultCode::ConfigInvalid, "it is " + before.state);
    return database_
        .prepare(
            "UPDATE work_order SET state = 'replied', reply = ?, replied_at = ?"
            " WHERE number = ?")
        .bind(text)
        .bind(ms(now))
        .bind(number)
        .run();
}

base::Status VoiceBook::close(const std::string& number) {
    const auto before = TRY(order(number));
    if (before.state != "replied" && before.state != "satisfied")
        return base::fail(FaultCode::ConfigInvalid, "not answered yet");
    return database_.prepare("UPDATE work_order SET state = 'closed' WHERE number = ?")
        .bind(number)
        .run();
}

base::Status VoiceBook::heard(const std::string& number, domain::ReplyAct act) {
    if (act == domain::ReplyAct::ask) return {};
    if (act == domain::ReplyAct::content) return move(number, "replied", "satisfied");
    TRY_STATUS(move(number, "replied", "received"));
    return database_.prepare("UPDATE work_order SET again = again + 1 WHERE number = ?")
        .bind(number)
        .run();
}

domain::VoiceReply told(const WorkOrder& order) {
    domain::VoiceReply out;
    out.number = order.number;
    out.kind = order.kind;
    out.state = order.state;
    out.since = base::iso8601_local(order.received_at);
    out.due = base::iso8601_local(order.due);
    out.reply = order.reply;
    out.asks = order.state == "replied";
    return out;
}

}  // namespace offline::intake
