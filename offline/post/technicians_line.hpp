// Answers the commands of technicians and couriers while the post runs. Of the program alone.
#pragma once

#include "offline/courier/local_call.hpp"
#include "offline/post/post_office.hpp"

#include <memory>
#include <string>

namespace offline::post {

// Null, and it is said why, when there can be no such line: the post does all its other work.
std::unique_ptr<courier::CallServer> serve_courier(const std::string& outbox_folder,
                                                   PostOffice& office, const sealing::KeySet& keys,
                                                   base::EventLog& log);

}  // namespace offline::post
