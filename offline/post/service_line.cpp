#include "offline/post/service_line.hpp"

#include <limits>

namespace offline::post {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

}  // namespace

base::Result<SignedRecord> have_it_signed(courier::CallClient& post,
                                          const papers::ServiceContent& content) {
    Record question = papers::as_record(content);
    question["v"] = std::int64_t{1};
    question["ask"] = std::string(service_record_word);
    const Record answer = TRY(post.call(question));
    Fields in(answer, FaultCode::PostMessageMalformed, "service record");
    SignedRecord out;
    out.number = TRY(in.integer("number", 1, no_limit));
    out.digest = TRY(in.array<32>("digest"));
    out.file = TRY(in.bytes("file", papers::service_record_bytes_max));
    TRY_STATUS(in.finish());
    return out;
}

base::Result<Record> answer_service(const Record& question, const SignRecord& sign) {
    Fields in(question, FaultCode::PostMessageMalformed, "service record");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("ask", service_record_word));
    Record said = question;
    said.erase("v");
    said.erase("ask");
    const auto content = papers::service_content(said);
    if (!content) return base::fail(FaultCode::PostMessageMalformed, content.error().safe_detail);
    const auto kept = TRY(sign(*content));
    return Record{{"number", kept.number},
                  {"digest", base::Bytes(kept.digest.begin(), kept.digest.end())},
                  {"file", kept.file}};
}

}  // namespace offline::post
