// The machine inside the emulated printer, without a line to it.
#include "drivers/printer/emulated/paper_machine.hpp"

#include "drivers/printer/emulated/pdf_pages.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace drivers::printer {
namespace {

using base::Millis;

constexpr Millis page{100};

base::Bytes paper(int pages) {
    std::string text = "%PDF-1.7\n<</Type/Pages>>\n";
    for (int i = 0; i < pages; ++i) text += "<< /Type /Page >>\n";
    return base::to_bytes(text + "%%EOF\n");
}

struct Bench {
    std::vector<std::string> kept;
    bool disk_is_full = false;
    PaperMachine machine{page,
                         [this](const std::string& name, base::ByteView) {
                             if (!disk_is_full) kept.push_back(name);
                             return !disk_is_full;
                         },
                         Millis{0}};

    int send(int pages, bool held = false) {
        const int id = machine.create("letter", "somebody", held, Millis{0});
        machine.take_document(id, paper(pages));
        return id;
    }
    const PaperJob& at(int id, int moment) {
        machine.advance(Millis{moment});
        return *machine.job(id);
    }
};

TEST(paper_machine, each_page_takes_its_time) {
    Bench bench;
    const int job = bench.send(2);
    EXPECT_EQ(bench.at(job, 0).state, JobState::processing);
    EXPECT_EQ(bench.at(job, 99).completed, 0);
    EXPECT_EQ(bench.at(job, 100).completed, 1);
    EXPECT_TRUE(bench.kept.empty());
    EXPECT_EQ(bench.at(job, 200).state, JobState::completed);
    EXPECT_EQ(bench.kept, std::vector<std::string>{"letter"});
}

TEST(paper_machine, a_late_look_finds_what_came_out_meanwhile_and_no_more) {
    Bench bench;
    const int job = bench.send(5);
    (void)bench.at(job, 0);
    EXPECT_EQ(bench.at(job, 350).completed, 3);
    EXPECT_EQ(bench.machine.next_step(), Millis{400});
}

TEST(paper_machine, jobs_come_out_in_their_order_and_held_ones_wait) {
    Bench bench;
    const int held = bench.send(1, true), first = bench.send(1), second = bench.send(1);
    (void)bench.at(first, 0);
    EXPECT_EQ(bench.at(first, 100).state, JobState::completed);
    EXPECT_EQ(bench.at(second, 150).state, JobState::processing);
    EXPECT_EQ(bench.at(held, 10000).state, JobState::held);
    EXPECT_TRUE(bench.machine.release(held));
    EXPECT_FALSE(bench.machine.release(held));
    EXPECT_EQ(bench.at(held, 10000).state, JobState::processing);
    EXPECT_FALSE(bench.machine.hold(held)) << "it has begun";
}

TEST(paper_machine, a_job_whose_document_has_not_come_is_not_begun) {
    Bench bench;
    const int job = bench.machine.create("letter", "somebody", false, Millis{0});
    EXPECT_EQ(bench.at(job, 1000).state, JobState::pending);
    EXPECT_EQ(bench.machine.next_step(), std::nullopt);
}

TEST(paper_machine, a_sheet_in_the_machine_comes_out_when_the_tray_is_emptied) {
    Bench bench;
    const int job = bench.send(2);
    (void)bench.at(job, 0);
    bench.machine.set_paper(false);
    EXPECT_EQ(bench.at(job, 100).completed, 1);
    EXPECT_EQ(bench.at(job, 5000).state, JobState::stopped);
    EXPECT_TRUE(bench.machine.wants_paper());
    bench.machine.set_paper(true);
    EXPECT_EQ(bench.at(job, 6000).state, JobState::processing);
    EXPECT_EQ(bench.at(job, 6100).state, JobState::completed);
}

TEST(paper_machine, an_open_cover_eats_the_sheet_under_way) {
    Bench bench;
    const int job = bench.send(1);
    (void)bench.at(job, 50);
    bench.machine.set_cover_open(true);
    EXPECT_EQ(bench.at(job, 500).state, JobState::stopped);
    bench.machine.set_cover_open(false);
    (void)bench.at(job, 500);
    EXPECT_EQ(bench.at(job, 599).completed, 0) << "it is printed from its beginning";
    EXPECT_EQ(bench.at(job, 600).completed, 1);
}

TEST(paper_machine, a_cancelled_job_prints_nothing_more_and_the_next_one_follows) {
    Bench bench;
    const int first = bench.send(3), second = bench.send(1);
    (void)bench.at(first, 150);
    EXPECT_TRUE(bench.machine.cancel(first, Millis{150}));
    EXPECT_FALSE(bench.machine.cancel(first, Millis{150})) << "it has ended";
    EXPECT_EQ(bench.at(first, 150).completed, 0);
    EXPECT_EQ(bench.at(second, 250).state, JobState::completed);
}

TEST(paper_machine, without_power_it_forgets_its_jobs_and_begins_none_again) {
    Bench bench;
    const int job = bench.send(2);
    (void)bench.at(job, 0);
    bench.machine.lose_power();
    bench.machine.advance(Millis{1000});
    EXPECT_TRUE(bench.machine.jobs().empty());
    EXPECT_TRUE(bench.kept.empty());
    EXPECT_GT(bench.send(1), job) << "numbers are not given twice";
}

TEST(paper_machine, what_cannot_be_kept_is_no_print) {
    Bench bench;
    bench.disk_is_full = true;
    const int job = bench.send(1);
    (void)bench.at(job, 0);
    EXPECT_EQ(bench.at(job, 100).state, JobState::aborted);
}

TEST(paper_machine, remembers_no_document_of_an_ended_job_and_only_the_last_jobs) {
    Bench bench;
    int moment = 0;
    for (std::size_t i = 0; i < 2 * PaperMachine::most_jobs; ++i) {
        const int job = bench.send(1);
        (void)bench.at(job, moment);
        moment += 100;
        EXPECT_EQ(bench.at(job, moment).state, JobState::completed);
        EXPECT_FALSE(bench.machine.job(job)->document);
    }
    EXPECT_EQ(bench.machine.jobs().size(), PaperMachine::most_jobs);
}

TEST(pdf_pages, page_objects_are_counted_and_their_tree_is_not) {
    EXPECT_EQ(pages_of_pdf(paper(0)), 0);
    EXPECT_EQ(pages_of_pdf(paper(7)), 7);
    EXPECT_EQ(pages_of_pdf(base::to_bytes("%PDF-1.7 /Type/Page")), 0) << "cut off";
    EXPECT_EQ(pages_of_pdf(base::to_bytes("/Type /Page %%EOF")), 0) << "no PDF";
    EXPECT_EQ(pages_of_pdf(base::to_bytes("%PDF-1.7 %%EOF /Type")), 0);
    EXPECT_EQ(pages_of_pdf(base::to_bytes("%PDF-1.7 %%EOF /Type /Page")), 1);
}

}  // namespace
}  // namespace drivers::printer
