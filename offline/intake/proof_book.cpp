#include "offline/intake/proof_book.hpp"

#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "offline/questions/strict_json.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <algorithm>
#include <filesystem>

namespace offline::intake {

namespace {

using base::FaultCode;
using domain::ProofOutcome;
using nlohmann::json;

constexpr const char* schema = R"sql(
CREATE TABLE proof(
    code TEXT PRIMARY KEY, person BLOB NOT NULL, type TEXT NOT NULL, answers TEXT NOT NULL,
    masked_holder TEXT NOT NULL, title TEXT NOT NULL, issued_at TEXT NOT NULL,
    valid_to TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX proof_by_person ON proof(person, type, answers);
CREATE TABLE closed(type TEXT PRIMARY KEY) STRICT;
CREATE TABLE issue(
    person BLOB NOT NULL, type TEXT NOT NULL, day TEXT NOT NULL, request TEXT NOT NULL,
    PRIMARY KEY (person, type, day, request)
) STRICT;
PRAGMA user_version = 1;
)sql";

tl::unexpected<base::Fault> wrong(const char* list, std::int64_t at) {
    return base::fail(FaultCode::BytesMalformed, std::string(list) + " " + std::to_string(at));
}

// Sorted by question: the same choice is the same text.
std::string as_text(const std::map<std::string, std::string>& answers) {
    return json(answers).dump();
}

std::optional<questions::Person> taken_holder(json& entry) {
    if (!entry.contains("holder")) return std::nullopt;
    questions::StrictObject in(entry["holder"]);
    questions::Person out{in.text("id_number"), in.text("name")};
    if (!in.whole() || out.id_number.empty() || out.name.empty()) return std::nullopt;
    entry.erase("holder");
    return out;
}

std::optional<std::map<std::string, std::string>> taken_answers(json& entry) {
    if (!entry.contains("answers") || !entry["answers"].is_object()) return std::nullopt;
    std::map<std::string, std::string> out;
    for (const auto& [question, value] : entry["answers"].items()) {
        if (!value.is_string()) return std::nullopt;
        out.emplace(question, value.get<std::string>());
    }
    entry.erase("answers");
    return out;
}

std::optional<std::string> taken_text(json& entry, const char* field) {
    if (!entry.contains(field) || !entry[field].is_string()) return std::nullopt;
    auto out = entry[field].get<std::string>();
    entry.erase(field);
    return out;
}

// What is left of an entry, read as it will be answered. How many are left and the digest are of
// the answer, not of the paper.
base::Result<questions::ProofTold> as_answered(json entry) {
    if (!entry.is_object() || entry.contains("kind") || entry.contains("outcome") ||
        entry.contains("copies_left") || entry.contains("sha256"))
        return base::fail(FaultCode::BytesMalformed, "proof");
    entry["kind"] = questions::name(questions::Kind::proof);
    entry["outcome"] = "here";
    entry["copies_left"] = 0;
    entry["sha256"] = std::string(64, '0');
    return questions::read_proof_answer(entry.dump());
}

struct Loaded {
    questions::Person holder;
    std::map<std::string, std::string> answers;
    std::string type;
    std::string content;  // JSON
    domain::ProofPaper paper;
};

base::Result<Loaded> read_entry(json entry, const std::string& beside) {
    const auto malformed = [] { return base::fail(FaultCode::BytesMalformed, "proof"); };
    if (!entry.is_object()) return malformed();
    auto holder = taken_holder(entry);
    auto answers = taken_answers(entry);
    auto type = taken_text(entry, "type");
    if (!holder || !answers || !type || type->empty() || type->size() > 64) return malformed();
    if (const auto file = taken_text(entry, "file")) {
        if (entry.contains("pdf")) return malformed();
        const auto path = std::filesystem::path(beside) / *file;
        entry["pdf"] = base::to_base64url(TRY(base::read_file(path.string())));
    }
    std::string content = entry.dump();
    auto told = as_answered(std::move(entry));
    if (!told) return malformed();
    return Loaded{std::move(*holder), std::move(*answers), std::move(*type), std::move(content),
                  std::move(*told->answer.paper)};
}

questions::ProofTold without_paper(ProofOutcome outcome) {
    return {{outcome, std::nullopt}, {}};
}

}  // namespace

base::Result<ProofBook> ProofBook::open(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    store::Database database =
        TRY(store::Database::open(folder + "/proofs.sqlite", store::Access::shared));
    TRY_STATUS(database.quick_check());
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version == 0)
        TRY_STATUS(database.execute(schema));
    else if (version != 1)
        return base::fail(FaultCode::OutboxCorrupt, "proofs: written by a newer program");
    TRY_STATUS(transaction.commit());
    return ProofBook(std::move(database));
}

base::Result<std::int64_t> ProofBook::load(std::string_view text, const std::string& beside,
                                           const sealing::IntakeKeys& keys) {
    const json value = json::parse(text, nullptr, false);
    if (!value.is_object() || value.size() != 2 || !value.contains("proofs") ||
        !value.contains("not_now") || !value["proofs"].is_array() || !value["not_now"].is_array())
        return base::fail(FaultCode::BytesMalformed, "proofs and not_now");
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    const domain::MaskingPolicy masking;
    std::int64_t count = 0;
    for (const json& entry : value["proofs"]) {
        const auto read = read_entry(entry, beside);
        if (!read) return wrong("proofs", count);
        TRY_STATUS(
            database_
                .prepare("INSERT INTO proof VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code)"
                         " DO UPDATE SET person = excluded.person, type = excluded.type,"
                         " answers = excluded.answers, masked_holder = excluded.masked_holder,"
                         " title = excluded.title, issued_at = excluded.issued_at,"
                         " valid_to = excluded.valid_to, content = excluded.content")
                .bind(read->paper.code)
                .bind(base::ByteView(person_hash(keys, read->holder)))
                .bind(read->type)
                .bind(as_text(read->answers))
                .bind(domain::masked_name(read->holder.name, masking))
                .bind(read->paper.title)
                .bind(read->paper.issued_at)
                .bind(read->paper.valid_to)
                .bind(read->content)
                .run());
        ++count;
    }
    TRY_STATUS(database_.execute("DELETE FROM closed"));
    std::int64_t closed = 0;
    for (const json& type : value["not_now"]) {
        if (!type.is_string()) return wrong("not_now", closed);
        TRY_STATUS(database_.prepare("INSERT OR IGNORE INTO closed VALUES (?)")
                       .bind(type.get<std::string>())
                       .run());
        ++closed;
    }
    TRY_STATUS(transaction.commit());
    return count;
}

base::Result<questions::ProofTold> ProofBook::answer(const questions::ProofAsked& asked,
                                                     base::ByteView person, base::Instant now) {
    const std::string day = domain::iso(base::local_date(now));
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    {
        store::Query closed = database_.prepare("SELECT 1 FROM closed WHERE type = ?");
        if (TRY(closed.bind(asked.type).row())) return without_paper(ProofOutcome::not_now);
    }
    std::string content;
    {
        store::Query query = database_.prepare(
            "SELECT content FROM proof WHERE person = ? AND type = ? AND answers = ?"
            " AND (valid_to = '' OR valid_to >= ?) ORDER BY issued_at DESC, code LIMIT 1");
        query.bind(person).bind(asked.type).bind(as_text(asked.answers)).bind(day);
        if (!TRY(query.row())) return without_paper(ProofOutcome::none);
        content = query.text(0);
    }
    std::int64_t others = 0;
    {
        store::Query query = database_.prepare(
            "SELECT count(*) FROM issue WHERE person = ? AND type = ? AND day = ?"
            " AND request <> ?");
        query.bind(person).bind(asked.type).bind(day).bind(asked.request);
        if (TRY(query.row())) others = query.integer(0);
    }
    if (others >= asked.copies_max) return without_paper(ProofOutcome::used_up);
    questions::ProofTold told = TRY(as_answered(json::parse(content, nullptr, false)));
    // Who came yesterday need not be remembered any longer.
    TRY_STATUS(database_.prepare("DELETE FROM issue WHERE day < ?").bind(day).run());
    TRY_STATUS(database_.prepare("INSERT OR IGNORE INTO issue VALUES (?, ?, ?, ?)")
                   .bind(person)
                   .bind(asked.type)
                   .bind(day)
                   .bind(asked.request)
                   .run());
    TRY_STATUS(transaction.commit());
    auto& paper = *told.answer.paper;
    paper.copies_left = static_cast<int>(asked.copies_max - others - 1);
    told.sha256 = base::to_hex(sealing::digest(domain::SuiteId::one, *paper.pdf));
    return told;
}

base::Result<std::optional<VerifiedProof>> ProofBook::verify(const std::string& code) {
    store::Query query = database_.prepare(
        "SELECT type, title, masked_holder, issued_at, valid_to FROM proof WHERE code = ?");
    if (!TRY(query.bind(code).row())) return std::optional<VerifiedProof>{};
    return std::optional(
        VerifiedProof{query.text(0), query.text(1), query.text(2), query.text(3), query.text(4)});
}

base::Result<base::SecretText> ProofAnswerer::answer(const sealing::OpenedQuestion& question,
                                                     base::ByteView) {
    const auto asked = questions::read_proof_question(*question.plaintext);
    if (!asked) return base::SecretText(questions::refused_answer(questions::refusal::malformed));
    const auto told = TRY(book_.answer(*asked, person_hash(keys_, asked->holder), clock_.now()));
    return questions::proof_answer(told);
}

}  // namespace offline::intake
