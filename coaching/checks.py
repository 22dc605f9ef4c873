from django.core.checks import Error, Tags, register

from coaching.record.retention import ScheduleError, problems, read_schedule


@register(Tags.security, deploy=True)
def everything_about_people_has_its_period(app_configs, **kwargs) -> list[Error]:
    """Nothing about a person is kept that docs/data_retention.yaml doesn't name, with its period."""
    try:
        found = list(problems(read_schedule()))
    except ScheduleError as error:
        found = [str(error)]
    hint = "Say in docs/data_retention.yaml how long it is kept and what erasing does, or take the line out."
    return [Error(problem, hint=hint, id="coaching.E001") for problem in found]
