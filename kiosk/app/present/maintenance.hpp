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
// 约够 30 小时.
std::string lasts(const PageBuilder& b, int hours);
// 读卡器.
MessageId device_name(domain::DeviceKind device);
// 3 分钟, 15 秒.
std::string duration(const PageBuilder& b, base::Millis left);
void add_findings(PageBuilder& b, const std::vector<Finding>& wrong);
// 耗材与纸张, and the question before something is written down of it.
void supplies_page(const flows::TechnicianLooking& here, PageBuilder& b);
void ask_about_paper(const flows::TechnicianAsked& here, PageBuilder& b);
screens::KeyValue fact(const PageBuilder& b, MessageId label, std::string value);

}  // namespace app
