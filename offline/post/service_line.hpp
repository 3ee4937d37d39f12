// How kiosk-technician has a service record signed and sent by the post that runs, over the line of
// offline/courier/local_call.hpp. Both ends decode strictly.
#pragma once

#include "offline/courier/local_call.hpp"
#include "offline/papers/service_record.hpp"

#include <functional>

namespace offline::post {

struct SignedRecord {
    std::int64_t number = 0;
    sealing::Digest digest{};
    base::Bytes file;
};

inline constexpr std::string_view service_record_word = "service-record";

// On the technician's thread. PostUnreachable: no post runs there.
base::Result<SignedRecord> have_it_signed(courier::CallClient& post,
                                          const papers::ServiceContent& content);

// The post's end: `sign` keeps it for good. PostMessageMalformed, and what `sign` says.
using SignRecord = std::function<base::Result<SignedRecord>(const papers::ServiceContent&)>;
base::Result<formats::Record> answer_service(const formats::Record& question,
                                             const SignRecord& sign);

}  // namespace offline::post
