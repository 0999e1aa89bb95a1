// A folder of a test's own, which is the working folder while the test runs.
#ifndef TESTS_SUPPORT_SCRATCH_FOLDER_H
#define TESTS_SUPPORT_SCRATCH_FOLDER_H

/// Makes the folder and goes there.
void scratch_folder_enter(void);

/// Leaves it and removes it with all that is in it.
void scratch_folder_leave(void);

#endif
