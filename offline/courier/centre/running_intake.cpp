#include "offline/courier/centre/running_intake.hpp"

#include "offline/papers/wire.hpp"

namespace offline::courier {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

base::Bytes bytes_of(base::ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

Record question(const char* word) {
    return {{"v", std::int64_t{1}}, {"ask", std::string(word)}};
}

base::Result<IntakeDoor::Answer> asked_door(IntakeDoor& door, Fields& in, const std::string& word) {
    if (word == "upload") {
        const auto id = TRY(in.array<16>("id"));
        const auto at = TRY(in.integer("at", 0, papers::attachment_bytes_max));
        const auto bytes = TRY(in.bytes("bytes", slice_bytes_max));
        const auto length = TRY(in.integer("length", 1, papers::attachment_bytes_max));
        const auto digest = TRY(in.array<32>("digest"));
        const auto suite = TRY(sealing::suite_in(in));
        TRY_STATUS(in.finish());
        return door.upload({id, at, bytes}, length, digest, suite);
    }
    const auto terminal = TRY(in.text("terminal", 15));
    const auto sub_id = TRY(in.text("sub_id", 32));
    if (word == "submit") {
        const auto body = TRY(in.bytes("body", papers::wire::body_bytes_max));
        TRY_STATUS(in.finish());
        return door.submit(terminal, sub_id, body);
    }
    if (word != "commit") return in.wrong("ask");
    TRY_STATUS(in.finish());
    return door.commit(terminal, sub_id);
}

}  // namespace

std::string door_socket_in(const std::string& intake_folder) {
    return intake_folder + "/courier.socket";
}

IntakeDoor::Answer RunningIntake::ask(const Record& asked) {
    const Answer away{503, {}};
    const auto record = line_->call(asked);
    if (!record) return away;
    Fields in(*record, FaultCode::BytesMalformed, "answer");
    const auto status = in.integer("status", 100, 599);
    auto body = in.bytes("body", papers::wire::body_bytes_max);
    if (!status || !body || !in.finish()) return away;
    return {static_cast<int>(*status), std::move(*body)};
}

IntakeDoor::Answer RunningIntake::submit(const std::string& terminal, const std::string& sub_id,
                                         base::ByteView body) {
    Record asked = question("submit");
    asked["terminal"] = terminal;
    asked["sub_id"] = sub_id;
    asked["body"] = bytes_of(body);
    return ask(asked);
}

IntakeDoor::Answer RunningIntake::commit(const std::string& terminal, const std::string& sub_id) {
    Record asked = question("commit");
    asked["terminal"] = terminal;
    asked["sub_id"] = sub_id;
    return ask(asked);
}

IntakeDoor::Answer RunningIntake::upload(const Slice& slice, std::int64_t length,
                                         const sealing::Digest& digest, sealing::SuiteId suite) {
    Record asked = question("upload");
    asked["id"] = bytes_of(slice.attachment);
    asked["at"] = slice.offset;
    asked["bytes"] = bytes_of(slice.bytes);
    asked["length"] = length;
    asked["digest"] = bytes_of(digest);
    asked["suite"] = std::string(domain::name(suite));
    return ask(asked);
}

base::Result<Record> answer(IntakeDoor& door, const Record& asked) {
    Fields in(asked, FaultCode::BytesMalformed, "courier");
    TRY_STATUS(in.exactly("v", 1));
    const auto word = TRY(in.text("ask", 16));
    auto given = TRY(asked_door(door, in, word));
    return Record{{"status", std::int64_t{given.status}}, {"body", std::move(given.body)}};
}

}  // namespace offline::courier
