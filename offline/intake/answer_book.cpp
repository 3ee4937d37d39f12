#include "offline/intake/answer_book.hpp"

#include "offline/questions/strict_json.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <filesystem>

namespace offline::intake {

namespace {

using base::FaultCode;
using nlohmann::json;

constexpr const char* schema = R"sql(
CREATE TABLE certificate(
    number TEXT PRIMARY KEY, person BLOB NOT NULL, type TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX certificate_by_person ON certificate(person, number);
CREATE TABLE fee(
    order_no TEXT PRIMARY KEY, person BLOB NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX fee_by_person ON fee(person, order_no);
CREATE TABLE draft(
    person BLOB NOT NULL, item TEXT NOT NULL, sealed BLOB NOT NULL,
    asked_at INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (person, item)
) STRICT;
PRAGMA user_version = 1;
)sql";

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

// Takes the holder out of an entry; what is left is read as it will be answered.
std::optional<questions::Person> person_in(json& entry, const char* role) {
    if (!entry.is_object() || !entry.contains(role)) return std::nullopt;
    questions::StrictObject in(entry[role]);
    questions::Person out{in.text("id_number"), in.text("name")};
    if (!in.whole() || out.id_number.empty() || out.name.empty()) return std::nullopt;
    entry.erase(role);
    return out;
}

std::string whole_answer(const char* kind, const char* list, const json& entry) {
    return json{{"kind", kind}, {list, json::array({entry})}}.dump();
}

tl::unexpected<base::Fault> wrong(const char* list, std::size_t at) {
    return base::fail(FaultCode::BytesMalformed, std::string(list) + " " + std::to_string(at));
}

}  // namespace

base::Bytes person_hash(const sealing::IntakeKeys& keys, const questions::Person& person) {
    base::Bytes text = base::to_bytes(person.id_number + "\n" + person.name);
    const sealing::WipeAtEnd wipe(text);
    const auto hash = keys.index(text);
    return {hash.begin(), hash.end()};
}

base::Result<AnswerBook> AnswerBook::open(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    store::Database database =
        TRY(store::Database::open(folder + "/answers.sqlite", store::Access::shared));
    TRY_STATUS(database.quick_check());
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version == 0) {
        TRY_STATUS(database.execute(schema));
        TRY_STATUS(transaction.commit());
    } else if (version != 1) {
        return base::fail(FaultCode::OutboxCorrupt, "answers: written by a newer program");
    } else {
        TRY_STATUS(transaction.commit());
    }
    return AnswerBook(std::move(database));
}

base::Result<std::int64_t> AnswerBook::load(std::string_view text,
                                            const sealing::IntakeKeys& keys) {
    json value = json::parse(text, nullptr, false);
    if (!value.is_object() || value.size() != 2 || !value.contains("certificates") ||
        !value.contains("fees") || !value["certificates"].is_array() || !value["fees"].is_array())
        return base::fail(FaultCode::BytesMalformed, "certificates and fees");
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    std::int64_t count = 0;
    for (json& entry : value["certificates"]) {
        const auto person = person_in(entry, "holder");
        const auto read =
            questions::read_certificate_answer(whole_answer("certificate", "certificates", entry));
        if (!person || !read || read->front().number.empty())
            return wrong("certificates", static_cast<std::size_t>(count));
        TRY_STATUS(
            database_
                .prepare("INSERT INTO certificate VALUES (?, ?, ?, ?) ON CONFLICT (number) DO"
                         " UPDATE SET person = excluded.person, type = excluded.type,"
                         " content = excluded.content")
                .bind(read->front().number)
                .bind(base::ByteView(person_hash(keys, *person)))
                .bind(read->front().type)
                .bind(entry.dump())
                .run());
        ++count;
    }
    for (json& entry : value["fees"]) {
        const auto person = person_in(entry, "payer");
        const auto read = questions::read_fee_answer(whole_answer("fee", "fees", entry));
        if (!person || !read || read->front().order_no.empty())
            return wrong("fees", static_cast<std::size_t>(count) - value["certificates"].size());
        TRY_STATUS(database_
                       .prepare("INSERT INTO fee VALUES (?, ?, ?) ON CONFLICT (order_no) DO UPDATE"
                                " SET person = excluded.person, content = excluded.content")
                       .bind(read->front().order_no)
                       .bind(base::ByteView(person_hash(keys, *person)))
                       .bind(entry.dump())
                       .run());
        ++count;
    }
    TRY_STATUS(transaction.commit());
    return count;
}

base::Result<std::vector<questions::Certificate>> AnswerBook::certificates(
    base::ByteView person, const std::string& type) {
    store::Query query = database_.prepare(
        "SELECT content FROM certificate WHERE person = ?1 AND (?2 = '' OR type = ?2)"
        " ORDER BY number LIMIT ?3");
    query.bind(person).bind(type).bind(static_cast<std::int64_t>(questions::list_max));
    std::vector<questions::Certificate> out;
    while (TRY(query.row())) {
        auto read = TRY(questions::read_certificate_answer(whole_answer(
            "certificate", "certificates", json::parse(query.text(0), nullptr, false))));
        out.push_back(std::move(read.front()));
    }
    return out;
}

base::Result<std::vector<questions::Fee>> AnswerBook::fees(base::ByteView person) {
    store::Query query =
        database_.prepare("SELECT content FROM fee WHERE person = ? ORDER BY order_no LIMIT ?");
    query.bind(person).bind(static_cast<std::int64_t>(questions::list_max));
    std::vector<questions::Fee> out;
    while (TRY(query.row())) {
        auto read = TRY(questions::read_fee_answer(
            whole_answer("fee", "fees", json::parse(query.text(0), nullptr, false))));
        out.push_back(std::move(read.front()));
    }
    return out;
}

base::Result<std::optional<KeptDraft>> AnswerBook::draft(base::ByteView person,
                                                         const std::string& item,
                                                         base::Instant now) {
    TRY_STATUS(database_.prepare("DELETE FROM draft WHERE until <= ?").bind(ms(now)).run());
    store::Query query = database_.prepare(
        "SELECT sealed, asked_at, until FROM draft WHERE person = ? AND item = ?");
    const bool found = TRY(query.bind(person).bind(item).row());
    if (!found) return std::optional<KeptDraft>{};
    return std::optional(
        KeptDraft{query.bytes(0), instant(query.integer(1)), instant(query.integer(2))});
}

base::Status AnswerBook::keep(base::ByteView person, const std::string& item,
                              const KeptDraft& draft) {
    return database_
        .prepare(
            "INSERT INTO draft VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, item) DO UPDATE SET"
            " sealed = excluded.sealed, asked_at = excluded.asked_at, until = excluded.until")
        .bind(person)
        .bind(item)
        .bind(base::ByteView(draft.sealed_question))
        .bind(ms(draft.asked_at))
        .bind(ms(draft.until))
        .run();
}

}  // namespace offline::intake
