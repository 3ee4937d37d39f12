#include "offline/post/technicians_line.hpp"

#include "offline/courier/terminal/outbox_depot.hpp"
#include "offline/courier/terminal/running_post.hpp"
#include "offline/post/post_exit.hpp"
#include "offline/post/service_line.hpp"

namespace offline::post {

namespace {

// What kiosk-technician found is signed here, with the key that it does not have.
base::Result<SignedRecord> keep_record(PostOffice& office, const papers::ServiceContent& content) {
    auto kept = TRY(office.keep_service_record(content));
    return SignedRecord{kept.number, kept.digest, std::move(kept.file)};
}

}  // namespace

std::unique_ptr<courier::CallServer> serve_courier(const std::string& outbox_folder,
                                                   PostOffice& office, const sealing::KeySet& keys,
                                                   base::EventLog& log) {
    auto server = courier::CallServer::listen(
        courier::call_socket_in(outbox_folder),
        [&office, &keys, &log](const formats::Record& question) -> base::Result<formats::Record> {
            base::Result<formats::Record> out =
                base::fail(base::FaultCode::PostUnreachable, "ending");
            office.on_its_thread([&](outbox::Outbox& outbox) {
                const auto asked = question.find("ask");
                if (asked != question.end() &&
                    asked->second == formats::Value(std::string(service_record_word))) {
                    out = answer_service(question, [&](const auto& content) {
                        return keep_record(office, content);
                    });
                    return;
                }
                courier::OutboxDepot depot(outbox, keys, log);
                out = courier::answer(depot, question);
            });
            return out;
        });
    if (server) return std::move(*server);
    refused(server.error());
    return nullptr;
}

}  // namespace offline::post
