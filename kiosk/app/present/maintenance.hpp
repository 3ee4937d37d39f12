// What the technician's pages share: words for devices and faults, and what of the terminal wants
// mending.
#pragma once

#include "app/present/page_builder.hpp"
#include "domain/technician.hpp"

#include <string>
#include <vector>

namespace app {

struct Finding {
    screens::IconName icon;
    std::string what, why;
};
// What is wrong first and gravest; empty: everything works.
std::vector<Finding> findings(const PageBuilder& b);
// A fault as a technician reads it.
std::string fault_words(const PageBuilder& b, const base::Fault& fault);
std::string line_words(const PageBuilder& b);
std::string pieces(const PageBuilder& b, std::int64_t count);
std::string moment(const PageBuilder& b, base::Instant instant);
// 3 分钟, 15 秒.
std::string duration(const PageBuilder& b, base::Millis left);
void add_findings(PageBuilder& b, const std::vector<Finding>& wrong);
screens::KeyValue fact(const PageBuilder& b, MessageId label, std::string value);

}  // namespace app
